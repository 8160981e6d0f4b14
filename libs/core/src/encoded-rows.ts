import type { Rows } from './tensor.js';

/** Named features as a caller sends them: any order, nothing checked yet. */
export type NamedFeatures = Readonly<Record<string, unknown>>;

/** Names of features that a row may carry beside those of a signature: another version takes them. */
export type AlsoKnown = ReadonlySet<string>;

/** Rows in signature order, and by row (from 0) a sentence for each of its values outside what training saw. */
export interface EncodedRows {
  readonly rows: Rows;
  readonly warnings: RowWarnings;
}

/** Warnings by row, from 0; a row without any is not in it. */
export type RowWarnings = ReadonlyMap<number, readonly string[]>;

/** No row has a warning. */
export const NO_WARNINGS: RowWarnings = new Map();
