import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Rows } from '@app/core';

/** What a library answered for rows, as `make_fixtures.py` beside it wrote it; null is a missing value. */
export interface Expected {
  readonly library: string;
  readonly options: Readonly<Record<string, never>>;
  readonly columns: readonly string[] | null;
  readonly rows: readonly (readonly (number | string | null)[])[];
  readonly predict: readonly number[] | readonly (readonly number[])[];
}

const FIXTURES = resolve(import.meta.dirname, '../../../libs/convert/fixtures');

/** The models of a library that were saved with an ending. */
export function fixtures(library: string, ...endings: readonly string[]): string[] {
  return readdirSync(`${FIXTURES}/${library}`).filter((name) => endings.some((ending) => name.endsWith(ending)));
}

export function readModel(library: string, name: string): Buffer {
  return readFileSync(`${FIXTURES}/${library}/${name}`);
}

export function readExpected(library: string, name: string): Expected {
  const stem = name.replace(/\.[a-z]+$/, '');
  return JSON.parse(readFileSync(`${FIXTURES}/${library}/${stem}.expected.json`, 'utf8')) as Expected;
}

/** Rows of numbers alone, row-major. */
export function numbersOf(rows: Expected['rows']): Float64Array {
  return Float64Array.from(rows.flat(), (value) => (value === null ? NaN : Number(value)));
}

/** Rows as a request would be encoded; texts where a column holds any. */
export function encodedRows(rows: Expected['rows'], missingText: string): Rows {
  const values = rows.flat();
  return {
    count: rows.length,
    width: rows[0].length,
    numbers: Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN)),
    texts: values.map((value) => (typeof value === 'string' ? value : missingText)),
  };
}
