import type { NamedFeatures, RowsInProgress } from '@app/core';
import { predictionText } from '../prediction-text.js';
import type { BatchRow, RowOutcome } from './batch-row.js';
import { rowMalformed } from './batch.errors.js';

/** A row that came as a JSON value, which should be an object. */
export class JsonRow implements BatchRow {
  constructor(
    readonly line: number,
    private readonly value: unknown,
  ) {}

  features(): NamedFeatures {
    return objectOf(this.value);
  }

  addTo(rows: RowsInProgress): void {
    rows.addNamed(this.features());
  }
}

/** The JSON of what became of a row. */
export function writeJsonRow(outcome: RowOutcome): string {
  if ('kept' in outcome) return predictionText(outcome.kept, outcome.row);
  const { code, message, problems } = outcome.refusal;
  return JSON.stringify({ line: outcome.line, error: message, code, ...(problems.length > 0 && { errors: problems }) });
}

/** A JSON value as features; throws ROW_MALFORMED for one that is no object. */
export function objectOf(value: unknown): NamedFeatures {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as NamedFeatures;
  throw rowMalformed('the row is not a JSON object of named features');
}
