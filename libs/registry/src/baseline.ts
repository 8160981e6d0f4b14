import { cellValue, type Feature, ServingError, type Signature } from '@app/core';
import { csvRows } from './csv-rows.js';

/** What training rows held, feature by feature: what predictions are compared with later. */
export interface Baseline {
  readonly rows: number;
  /** In signature order. */
  readonly features: readonly FeatureBaseline[];
}

/** What one feature held: of numbers their spread, of texts and booleans how often each came. */
export interface FeatureBaseline {
  readonly name: string;
  readonly missing: number;
  readonly numbers?: NumberBaseline;
  /** The most frequent ones first. */
  readonly categories?: readonly { readonly value: string; readonly count: number }[];
}

export interface NumberBaseline {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
  /** By probability, as in `{"0.5": 872}`; between two rows in proportion. */
  readonly quantiles: Readonly<Record<string, number>>;
}

const PROBABILITIES = [0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.99];
const MOST_CATEGORIES = 1000;

/** Reads a CSV of training rows; columns that are no features are passed over, a feature without a column is refused. */
export async function readBaseline(bytes: Uint8Array, { features }: Signature): Promise<Baseline> {
  const columns = features.map((feature) => new Column(feature));
  let rows = 0;
  for await (const row of csvRows(bytes, 'BASELINE_INVALID')) {
    rows++;
    for (const column of columns) column.add(row, rows);
  }
  if (rows === 0) throw invalid('it has no rows');
  return { rows, features: columns.map((column) => column.baseline()) };
}

/** The signature with the ranges, quantiles and categories of its training rows; those are knowledge, and change no gate. */
export function describedByBaseline(signature: Signature, baseline: Baseline): Signature {
  const features = signature.features.map((feature, i) => ({ ...feature, ...seen(feature, baseline.features[i]!) }));
  return { ...signature, features };
}

function seen({ range }: Feature, { numbers, categories }: FeatureBaseline): Partial<Feature> {
  if (categories) return { seenCategories: categories.map(({ value }) => value) };
  if (!numbers) return {};
  const { min, max, quantiles } = numbers;
  return { range: range?.enforce ? range : { ...range, min, max }, quantiles };
}

/** Gathers one column. */
class Column {
  private readonly numbers: number[] = [];
  private readonly counts = new Map<string, number>();
  private missing = 0;

  constructor(private readonly feature: Feature) {}

  get name(): string {
    return this.feature.name;
  }

  add(row: Readonly<Record<string, string>>, number: number): void {
    const text = Object.hasOwn(row, this.name) ? row[this.name]! : undefined;
    if (text === undefined) throw invalid(`it has no column ${JSON.stringify(this.name)}`);
    const value = cellValue(this.feature.type, text);
    if (value === null) this.missing++;
    else if (typeof value === 'number') this.addNumber(value, number);
    else this.addCategory(value, number);
  }

  baseline(): FeatureBaseline {
    const { name, missing } = this;
    if (this.isNumber()) return { name, missing, ...(this.numbers.length > 0 && { numbers: spreadOf(this.numbers) }) };
    const sorted = [...this.counts].toSorted(([, a], [, b]) => b - a).slice(0, MOST_CATEGORIES);
    return { name, missing, categories: sorted.map(([value, count]) => ({ value, count })) };
  }

  private addNumber(value: number, row: number): void {
    if (!Number.isFinite(value)) throw invalid(`row ${row}: ${JSON.stringify(this.name)} is not finite`);
    this.numbers.push(value);
  }

  private addCategory(value: string | boolean, row: number): void {
    if (this.isNumber() || (this.feature.type === 'boolean' && typeof value !== 'boolean'))
      throw invalid(`row ${row}: ${JSON.stringify(this.name)} is ${JSON.stringify(value)}, not a ${this.feature.type}`);
    this.counts.set(String(value), (this.counts.get(String(value)) ?? 0) + 1);
  }

  private isNumber(): boolean {
    return this.feature.type === 'double' || this.feature.type === 'integer';
  }
}

function spreadOf(values: readonly number[]): NumberBaseline {
  const sorted = Float64Array.from(values).sort();
  const mean = sorted.reduce((sum, value) => sum + value / sorted.length, 0);
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2 / sorted.length, 0);
  const quantiles = Object.fromEntries(PROBABILITIES.map((p) => [String(p), quantile(sorted, p)]));
  return { min: sorted[0]!, max: sorted.at(-1)!, mean, deviation: Math.sqrt(variance), quantiles };
}

// Between two rows in proportion, as numpy does where nothing else is said.
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}

function invalid(reason: string): ServingError {
  return new ServingError('invalid-input', 'BASELINE_INVALID', `the baseline cannot be used: ${reason}`);
}
