import { type Feature, MISSING_TEXT, type Prediction, type Rows, type RowWarnings } from '@app/core';
import { ObjectId } from 'mongodb';
import type { CaptureRole, DataCapture } from './data-capture.schema.js';
import type { IdRange } from './capture-ids.js';

/** What a captured column was called and what it held. */
export type CapturedColumn = Pick<Feature, 'name' | 'type'>;

/** Scored rows of one version, about to be kept: one record of the history each. */
export interface CapturedRows {
  readonly model: string;
  readonly version: number;
  readonly role: CaptureRole;
  /** The ids of the records whose requests a shadow scored, row by row. */
  readonly request?: IdRange;
  readonly columns: readonly CapturedColumn[];
  readonly rows: Rows;
  /** One a row. */
  readonly predictions: readonly Prediction[];
  readonly warnings: RowWarnings;
}

/** The rows from `from` to before `to`. */
export function sliceRows(captured: CapturedRows, from: number, to: number): CapturedRows {
  const { width, numbers, texts } = captured.rows;
  const cut = { numbers: numbers.subarray(from * width, to * width), texts: texts.slice(from * width, to * width) };
  const warned = [...captured.warnings].filter(([row]) => row >= from && row < to);
  return {
    ...captured,
    ...(captured.request && { request: captured.request.from(from) }),
    rows: { count: to - from, width, ...cut },
    predictions: captured.predictions.slice(from, to),
    warnings: new Map(warned.map(([row, warnings]) => [row - from, warnings])),
  };
}

/** The records of captured rows, in their order. */
export function documentsOf(captured: CapturedRows, ids: IdRange): DataCapture[] {
  return captured.predictions.map((prediction, row) => documentOf(captured, ids, prediction, row));
}

function documentOf(captured: CapturedRows, ids: IdRange, prediction: Prediction, row: number): DataCapture {
  const warnings = captured.warnings.get(row);
  return {
    _id: new ObjectId(ids.at(row)),
    features: featuresOf(captured, row),
    datetime: new Date(ids.timeMs),
    model: captured.model,
    model_version: captured.version,
    role: captured.role,
    ...(captured.request && { request: new ObjectId(captured.request.at(row)) }),
    ...prediction,
    ...(warnings && { warnings }),
  };
}

function featuresOf({ columns, rows }: CapturedRows, row: number): Record<string, unknown> {
  return Object.fromEntries(
    columns.map(({ name, type }, column) => [name, valueOf(type, rows, row * rows.width + column)]),
  );
}

// What was missing is null again, as it came.
function valueOf(type: CapturedColumn['type'], { numbers, texts }: Rows, at: number): unknown {
  if (type === 'string') return texts[at] === MISSING_TEXT ? null : texts[at];
  const number = numbers[at]!;
  if (Number.isNaN(number)) return null;
  return type === 'boolean' ? number === 1 : number;
}
