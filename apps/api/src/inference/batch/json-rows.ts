import type { NamedFeatures } from '@app/core';
import type { BatchRow, RowOutcome } from './batch-row.js';
import { rowMalformed } from './batch.errors.js';

/** A row that came as a JSON value, which should be an object. */
export function jsonRow(line: number, value: unknown): BatchRow {
  return { line, features: () => objectOf(value) };
}

/** The JSON of what became of a row. */
export function writeJsonRow(outcome: RowOutcome): string {
  if ('answer' in outcome) return JSON.stringify(outcome.answer);
  const { code, message, problems } = outcome.refusal;
  return JSON.stringify({ line: outcome.line, error: message, code, ...(problems.length > 0 && { errors: problems }) });
}

function objectOf(value: unknown): NamedFeatures {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as NamedFeatures;
  throw rowMalformed('the row is not a JSON object of named features');
}
