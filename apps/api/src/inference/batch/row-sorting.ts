import { type EncodedRows, encoderOf, ServingError, type Signature } from '@app/core';
import type { KeptPredictions } from '../prediction-request.js';
import { toPredictResponse } from '../predict.dto.js';
import type { BatchRow, RowOutcome } from './batch-row.js';

/** True for an error that is the fault of a row. */
export function isRowFault(error: unknown): error is ServingError {
  return error instanceof ServingError && (error.kind === 'invalid-input' || error.kind === 'malformed');
}

/** Encodes those rows of a chunk that fit, and remembers why the others do not. */
export class RowSorting {
  private readonly refusals = new Map<BatchRow, ServingError>();

  constructor(private readonly rows: readonly BatchRow[]) {}

  /** The rows that fit; throws where there is none. */
  encode(signature: Signature): EncodedRows {
    try {
      return encodeRows(signature, this.rows);
    } catch (error) {
      if (!isRowFault(error)) throw error;
      return encodeRows(signature, this.fitting(signature, error));
    }
  }

  /** What became of every row, in their order. */
  outcomes(kept: KeptPredictions): RowOutcome[] {
    let scored = 0;
    return this.rows.map((row) => {
      const refusal = this.refusals.get(row);
      return refusal ? { line: row.line, refusal } : { line: row.line, answer: toPredictResponse(kept, scored++) };
    });
  }

  private fitting(signature: Signature, first: ServingError): BatchRow[] {
    const fitting = this.rows.filter((row) => this.fits(signature, row));
    if (fitting.length === 0) throw first;
    return fitting;
  }

  private fits(signature: Signature, row: BatchRow): boolean {
    try {
      encodeRows(signature, [row]);
      return true;
    } catch (error) {
      if (!isRowFault(error)) throw error;
      this.refusals.set(row, error);
      return false;
    }
  }
}

function encodeRows(signature: Signature, rows: readonly BatchRow[]): EncodedRows {
  const encoded = encoderOf(signature).start(rows.length);
  for (const row of rows) encoded.addNamed(row.features(signature));
  return encoded.finish();
}
