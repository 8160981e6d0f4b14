import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConversionRefused } from '../../../libs/convert/src/conversion-refused.js';
import { convertPickle } from '../../../libs/convert/src/convert-pickle.js';
import { className, PyDict, PyObject, readPickle, walk } from '../../../libs/convert/src/pickle/index.js';
import { MODELS, TRANSFORMERS } from '../../../libs/convert/src/sklearn/registry.js';
import { comparisons, errorOf } from './compare.js';
import { pickleCases, readExpected, readInputs, readModel, type Expected, type Inputs } from './corpus.js';
import { encodeRows, RowsRefused } from './encode-rows.js';
import { score } from './score.js';

/** What the comparison with the library showed for one class. */
export interface Bound {
  /** Releases of the class's library, oldest first. */
  readonly versions: readonly string[];
  readonly cases: number;
  /** A power of ten; no measured |got - expected| / max(1, |expected|) is larger. */
  readonly largestError: string;
  /** Compared only as a part of other models. */
  readonly isPart?: true;
}

/** Bounds by library and class, without the modules between: `sklearn.Ridge`. */
export type Bounds = Readonly<Record<string, Bound>>;

/** A model file, and what its library answered. */
interface Sample {
  readonly file: Uint8Array;
  readonly inputs: Inputs;
  readonly expected: Expected;
  /** By the library's name in Python. */
  readonly versions: Readonly<Record<string, string>>;
}

/** One class in one sample: how far the sample's outputs are off. */
export interface Measurement {
  readonly key: string;
  readonly version: string;
  readonly error: number;
  readonly isPart: boolean;
}

/** The form {x_scaler, model, y_scaler}, which has no class. */
const DICT = 'sklearn.dict';
const COMBINED = resolve(import.meta.dirname, '../../../libs/convert/fixtures/combined');
const MAX_NESTING = 1000;
// Errors this small are rounding, which another processor may do differently: they get room. Larger ones are the library's float32.
const SMALLEST_BOUND = 1e-15;
const LARGEST_ROUNDING = 1e-10;
const ROOM = 2;

/** Runs all cases that convert, one after the other. */
export async function measureAll(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const sample of samples()) measurements.push(...(await measure(sample)));
  return measurements;
}

/** What is off by more than was promised for its class, or was promised nothing. */
export function broken(measurements: readonly Measurement[], promised: Bounds): string[] {
  return measurements
    .filter(({ key, isPart }) => !isPart || promised[key]?.isPart || !promised[key])
    .filter(({ key, error }) => !(error <= Number(promised[key]?.largestError)))
    .map(({ key, version, error }) => `${key} ${version} is off by ${error}, beyond ${promised[key]?.largestError}`);
}

function* samples(): Generator<Sample> {
  for (const each of pickleCases().filter(({ tier }) => tier <= 3)) {
    // The shared corpus states versions by library; our own names its environment after scikit-learn's.
    const { versions = { sklearn: each.env } } = each as Partial<Pick<Sample, 'versions'>>;
    yield { file: readModel(each), inputs: readInputs(each), expected: readExpected(each), versions };
  }
  for (const name of readdirSync(COMBINED).filter((file) => file.endsWith('.pkl'))) yield combinedSample(name);
}

function combinedSample(name: string): Sample {
  const text = readFileSync(join(COMBINED, name.replace(/pkl$/, 'expected.json')), 'utf8');
  const { rows, expected, library } = JSON.parse(text) as Pick<Inputs, 'rows'> & {
    readonly expected: Expected;
    readonly library: string;
  };
  const file = readFileSync(join(COMBINED, name));
  return { file, inputs: { columns: null, rows }, expected, versions: { sklearn: library.split(' ')[1] } };
}

async function measure(sample: Sample): Promise<Measurement[]> {
  const error = await errorOfSample(sample);
  if (error === undefined) return [];
  return classesIn(sample.file).map(({ name, isPart }) => {
    const [library] = name.split('.');
    return { key: keyOf(name), version: sample.versions[library], error, isPart };
  });
}

/** The largest error of all outputs; undefined where the file or its rows are refused. */
async function errorOfSample({ file, inputs, expected }: Sample): Promise<number | undefined> {
  try {
    const converted = convertPickle(file);
    const parts = await score(converted, encodeRows(converted, inputs));
    const errors = comparisons(converted, parts, expected).map(errorOf);
    return errors.length > 0 ? Math.max(...errors) : undefined;
  } catch (error) {
    if (error instanceof ConversionRefused || error instanceof RowsRefused) return undefined;
    throw error;
  }
}

function classesIn(file: Uint8Array): { readonly name: string; readonly isPart: boolean }[] {
  const { root } = readPickle(file);
  const parts = new Set<string>();
  walk(root, MAX_NESTING, (part) => {
    if (part !== root && part instanceof PyObject && isSupported(className(part))) parts.add(className(part));
  });
  const whole = root instanceof PyDict ? DICT : className(root);
  parts.delete(whole);
  return [{ name: whole, isPart: false }, ...Array.from(parts, (name) => ({ name, isPart: true }))];
}

function isSupported(name: string): boolean {
  return MODELS.has(name) || TRANSFORMERS.has(name);
}

function keyOf(name: string): string {
  const words = name.split('.');
  return `${words[0]}.${words.at(-1)}`;
}

/** The bounds that hold for what was measured. */
export function boundsOf(measurements: readonly Measurement[]): Bounds {
  const byKey = new Map<string, Measurement[]>();
  for (const each of measurements) byKey.set(each.key, [...(byKey.get(each.key) ?? []), each]);
  const entries = [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, all]) => [key, boundOf(all)]));
}

/** A class that was compared on its own is judged by that: in a pipeline, others add their errors. */
function boundOf(all: readonly Measurement[]): Bound {
  const whole = all.filter(({ isPart }) => !isPart);
  const counted = whole.length > 0 ? whole : all;
  return {
    versions: [...new Set(counted.map(({ version }) => version))].toSorted(byRelease),
    cases: counted.length,
    largestError: roundedUp(Math.max(...counted.map(({ error }) => error))),
    ...(whole.length === 0 && { isPart: true }),
  };
}

function roundedUp(error: number): string {
  const withRoom = error < LARGEST_ROUNDING ? Math.max(error * ROOM, SMALLEST_BOUND) : error;
  const exponent = Math.ceil(Math.log10(withRoom));
  return Number.isFinite(exponent) ? `1e${exponent}` : 'Infinity';
}

function byRelease(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
