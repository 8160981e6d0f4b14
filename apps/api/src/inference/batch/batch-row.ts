import type { NamedFeatures, ServingError, Signature } from '@app/core';
import type { PredictResponseDto } from '../predict.dto.js';

/** A row of a batch as it was sent. */
export interface BatchRow {
  /** Where it stands: its line in CSV and NDJSON, its place in a JSON array, counted from 1. */
  readonly line: number;
  /** Its features; throws a ServingError where the row cannot be read. */
  features(signature: Signature): NamedFeatures;
}

/** What became of a row. */
export type RowOutcome = ScoredRow | RefusedRow;

export interface ScoredRow {
  readonly line: number;
  readonly answer: PredictResponseDto;
}

export interface RefusedRow {
  readonly line: number;
  readonly refusal: ServingError;
}

/** A form that a batch is sent and answered in. */
export interface BatchForm {
  readonly contentType: string;
  /** The rows of a body, as they come in; none may be larger than `maxRowBytes`. */
  read(body: AsyncIterable<Buffer>, maxRowBytes: number): AsyncIterable<BatchRow>;
  readonly head: string;
  /** The text of one row; `isFirst` where nothing stands before it but the head. */
  write(outcome: RowOutcome, isFirst: boolean): string;
  readonly foot: string;
}
