import { type AlsoKnown, type EncodedRows, encoderOf, ServingError, type Signature } from '@app/core';
import { isCallerGone } from '@app/runtime';
import type { KeptPredictions } from '../prediction-request.js';
import type { BatchRow, RowOutcome } from './batch-row.js';

/** True for an error that is the fault of a row. */
export function isRowFault(error: unknown): error is ServingError {
  if (!(error instanceof ServingError) || isCallerGone(error)) return false;
  return error.kind === 'invalid-input' || error.kind === 'malformed';
}

type Refusals = ReadonlyMap<BatchRow, ServingError>;

const NO_REFUSALS: Refusals = new Map();

/** Encodes those rows of a chunk that fit, and remembers why the others do not. */
export class RowSorting {
  // What one version refuses another one may take, and which one answers is known only with the answer.
  private readonly refusals = new Map<Signature, Refusals>();
  private answered: readonly BatchRow[] | undefined;
  private allRefused: Refusals | undefined;

  constructor(private readonly rows: readonly BatchRow[]) {}

  /** The rows that fit, and once there is an answer all that were answered; throws where there is none, or one of those does not fit. */
  encode(signature: Signature, alsoKnown?: AlsoKnown): EncodedRows {
    // Shadows pair their rows with the answered ones by their order.
    if (this.answered) return encodeRows(signature, this.answered, alsoKnown);
    try {
      return this.encodeBut(NO_REFUSALS, signature, alsoKnown);
    } catch (error) {
      if (!isRowFault(error)) throw error;
      const refusals = refusalsOf(signature, this.rows, alsoKnown);
      if (refusals.size === this.rows.length) {
        this.allRefused = refusals;
        throw error;
      }
      return this.encodeBut(refusals, signature, alsoKnown);
    }
  }

  /** The value of a feature in the first row, read by a signature; undefined where it has none or cannot be read. */
  firstValue(signature: Signature, feature: string): unknown {
    try {
      const features = this.rows[0]!.features(signature);
      return Object.hasOwn(features, feature) ? features[feature] : undefined;
    } catch (error) {
      if (!isRowFault(error)) throw error;
      return undefined;
    }
  }

  /** What became of every row, where the version that was asked last takes none of them. */
  get refused(): RowOutcome[] | undefined {
    const { allRefused } = this;
    return allRefused && this.rows.map((row) => ({ line: row.line, refusal: allRefused.get(row)! }));
  }

  /** What became of every row, in their order. */
  outcomes(kept: KeptPredictions): RowOutcome[] {
    const refusals = this.refusals.get(kept.signature)!;
    this.answered = fitting(this.rows, refusals);
    let scored = 0;
    return this.rows.map(({ line }, at) => {
      const refusal = refusals.get(this.rows[at]!);
      return refusal ? { line, refusal } : { line, kept, row: scored++ };
    });
  }

  private encodeBut(refusals: Refusals, signature: Signature, alsoKnown?: AlsoKnown): EncodedRows {
    const encoded = encodeRows(signature, fitting(this.rows, refusals), alsoKnown);
    this.refusals.set(signature, refusals);
    this.allRefused = undefined;
    return encoded;
  }
}

function fitting(rows: readonly BatchRow[], refusals: Refusals): readonly BatchRow[] {
  return refusals.size === 0 ? rows : rows.filter((row) => !refusals.has(row));
}

function refusalsOf(signature: Signature, rows: readonly BatchRow[], alsoKnown?: AlsoKnown): Refusals {
  const refusals = new Map<BatchRow, ServingError>();
  for (const row of rows) {
    try {
      encodeRows(signature, [row], alsoKnown);
    } catch (error) {
      if (!isRowFault(error)) throw error;
      refusals.set(row, error);
    }
  }
  return refusals;
}

function encodeRows(signature: Signature, rows: readonly BatchRow[], alsoKnown?: AlsoKnown): EncodedRows {
  const encoded = encoderOf(signature).start(rows.length, alsoKnown);
  for (const row of rows) row.addTo(encoded, signature);
  return encoded.finish();
}
