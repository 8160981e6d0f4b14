import { FLIGHT } from './service.js';

/** The names of the flight model's features, in signature order. */
export const FEATURES = Object.keys(FLIGHT) as (keyof typeof FLIGHT)[];

/** A row of features by name. */
export type Row = Readonly<Record<keyof typeof FLIGHT, number>>;

/** A tensor in JSON. */
export interface JsonTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data?: readonly unknown[];
  readonly parameters?: object;
}

/** Rows as one [N, 1] tensor a feature. */
export function namedTensors(rows: readonly Row[]): JsonTensor[] {
  return FEATURES.map((name) => ({
    name,
    shape: [rows.length, 1],
    datatype: 'FP64',
    data: rows.map((row) => row[name]),
  }));
}

/** Rows as a single [N, F] tensor. */
export function matrixTensor(rows: readonly Row[]): JsonTensor {
  const data = rows.flatMap((row) => FEATURES.map((name) => row[name]));
  return { name: 'rows', shape: [rows.length, FEATURES.length], datatype: 'FP64', data };
}

/** A request whose JSON is followed by the bytes of its tensors. */
export function binaryBody(
  request: Readonly<Record<string, unknown>>,
  tails: readonly Uint8Array[],
): { readonly body: Buffer; readonly headers: Record<string, string> } {
  const json = Buffer.from(JSON.stringify(request));
  return {
    body: Buffer.concat([json, ...tails]),
    headers: { 'inference-header-content-length': String(json.length) },
  };
}

/** Doubles as little-endian bytes. */
export function doubles(values: readonly number[]): Buffer {
  return Buffer.from(Float64Array.from(values).buffer);
}
