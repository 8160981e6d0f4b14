import type { NamedFeatures, RowsInProgress, ServingError, Signature } from '@app/core';
import type { KeptPredictions } from '../prediction-request.js';

/** A row of a batch as it was sent. */
export interface BatchRow {
  /** Where it stands: its line in CSV and NDJSON, its place in a JSON array, counted from 1. */
  readonly line: number;
  /** Its features; throws a ServingError where the row cannot be read. */
  features(signature: Signature): NamedFeatures;
  /** Adds them to rows of a signature; throws as `features` does. */
  addTo(rows: RowsInProgress, signature: Signature): void;
}

/** A row whose features are read when they are asked for. */
export class NamedRow implements BatchRow {
  constructor(
    readonly line: number,
    readonly features: (this: void, signature: Signature) => NamedFeatures,
  ) {}

  addTo(rows: RowsInProgress, signature: Signature): void {
    rows.addNamed(this.features(signature));
  }
}

/** What became of a row. */
export type RowOutcome = ScoredRow | RefusedRow;

export interface ScoredRow {
  readonly line: number;
  readonly kept: KeptPredictions;
  /** Its place among the rows that are kept with it. */
  readonly row: number;
}

export interface RefusedRow {
  readonly line: number;
  readonly refusal: ServingError;
}

/** A form that a batch is sent and answered in. */
export interface BatchForm {
  readonly contentType: string;
  /** The rows of a body, as many at a time as come in together; none may be larger than `maxRowBytes`. */
  read(body: AsyncIterable<Buffer>, maxRowBytes: number): AsyncIterable<readonly BatchRow[]>;
  readonly head: string;
  /** The text of one row; `isFirst` where nothing stands before it but the head. */
  write(outcome: RowOutcome, isFirst: boolean): string;
  readonly foot: string;
}
