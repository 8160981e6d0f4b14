import { cellValue, type Feature, type NamedFeatures, ServingError, type Signature } from '@app/core';
import { type CsvRow, csvRows } from './csv-rows.js';

/** A row that came with a model file, and the score that the model should give it. */
export interface SampleRow {
  readonly features: NamedFeatures;
  readonly expected: number | readonly number[];
}

const SCORE_COLUMNS = ['expected_score', 'expected', 'score'];
const MOST_ROWS = 10_000;
// It is read in one go: a larger one would keep predictions waiting.
const MOST_BYTES = 8 * 1024 * 1024;

/** Reads sample rows: a CSV with a column `score`, or a JSON list of `{…features, "score"}` or `{"features", "score"}`. */
export async function readSample(bytes: Uint8Array, signature: Signature): Promise<SampleRow[]> {
  if (bytes.length > MOST_BYTES) throw invalid(`it has ${bytes.length} bytes; send at most ${MOST_BYTES}`);
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, 64)).trimStart();
  const rows = /^[[{]/.test(text) ? jsonRows(bytes, signature) : await rowsOfCsv(bytes, signature);
  if (rows.length > 0 && rows.length <= MOST_ROWS) return rows;
  throw invalid(`it has ${rows.length} rows; send 1 to ${MOST_ROWS}`);
}

async function rowsOfCsv(bytes: Uint8Array, signature: Signature): Promise<SampleRow[]> {
  const rows: SampleRow[] = [];
  for await (const row of csvRows(bytes, 'SAMPLE_INVALID')) {
    if (rows.length === MOST_ROWS) throw invalid(`it has more than ${MOST_ROWS} rows`);
    rows.push(rowOfCsv(row, signature, rows.length + 1));
  }
  return rows;
}

function rowOfCsv(row: CsvRow, { features }: Signature, number: number): SampleRow {
  const expected = row[scoreName(row, features)]!;
  return {
    features: pick(features, row, (feature, text) => cellValue(feature.type, text as string)),
    expected: scoreOf(expected.trim() === '' ? NaN : Number(expected), number),
  };
}

function jsonRows(bytes: Uint8Array, { features }: Signature): SampleRow[] {
  return listOf(parseJson(bytes)).map((value, i) => {
    const row = objectOf(value, `row ${i + 1}`);
    const given = 'features' in row ? objectOf(row['features'], `features of row ${i + 1}`) : row;
    const names = 'features' in row ? [] : features;
    return { features: pick(features, given, (_, cell) => cell), expected: scoreOf(row[scoreName(row, names)], i + 1) };
  });
}

// Training files have columns that are no features: they are passed over. A feature that is missing is refused later, by name.
function pick(features: readonly Feature[], row: NamedFeatures, read: (feature: Feature, cell: unknown) => unknown) {
  const present = features.filter(({ name }) => Object.hasOwn(row, name));
  return Object.fromEntries(present.map((feature) => [feature.name, read(feature, row[feature.name])]));
}

function scoreName(row: object, features: readonly Feature[]): string {
  const isFree = (name: string): boolean => Object.hasOwn(row, name) && !features.some((known) => known.name === name);
  const found = SCORE_COLUMNS.find(isFree);
  if (found !== undefined) return found;
  throw invalid(`its rows have no expected score: name it ${SCORE_COLUMNS.join(', ')} (one that is no feature)`);
}

function scoreOf(value: unknown, row: number): number | readonly number[] {
  const numbers: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!numbers.every(Number.isFinite)) throw invalid(`the expected score of row ${row} is no number`);
  return value as number | readonly number[];
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid(`it is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { rows } = objectOf(value, 'the sample') as { readonly rows?: unknown };
  if (Array.isArray(rows)) return rows;
  throw invalid('it is no list of rows');
}

function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(`${what} is no object`);
}

function invalid(reason: string): ServingError {
  return new ServingError('invalid-input', 'SAMPLE_INVALID', `the sample cannot be used: ${reason}`);
}
