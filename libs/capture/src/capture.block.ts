import type { Label } from '@app/core';
import type { ObjectId } from 'mongodb';
import { idBehind } from './capture-ids.js';
import type { DataCapture } from './data-capture.schema.js';

/** The most records of a block. */
export const MOST_BLOCK_ROWS = 1000;

/**
 * Records of one request as one document (docs/decisions/0016): what they have in common once, everything else as
 * columns, a list with an item a record. Its `_id` is that of the first record, whose followers' ids follow it.
 */
export interface CaptureBlock extends Pick<DataCapture, 'datetime' | 'model' | 'model_version' | 'role'> {
  readonly _id: ObjectId;
  /** How many records. */
  readonly rows: number;
  readonly features: Columns<unknown>;
  readonly score: readonly DataCapture['score'][];
  /** Of shadows: the `_id` of the record whose request the first one scored; those of the others follow it. */
  readonly request?: ObjectId;
  readonly label?: readonly Label[];
  readonly probabilities?: Columns<number>;
  readonly decision?: Columns<number>;
  readonly warnings?: readonly RowWarning[];
}

/** What the collection holds: a record, or a block of them. */
export type StoredCapture = DataCapture | CaptureBlock;

type Columns<T> = Readonly<Record<string, readonly T[]>>;

interface RowWarning {
  readonly row: number;
  readonly warnings: readonly string[];
}

/** The records of what is stored, in the order of their ids; what a projection has left out of it is left out of them. */
export function recordsIn(stored: StoredCapture): DataCapture[] {
  if (!isBlock(stored)) return [stored];
  return Array.from({ length: stored.rows }, (_, row) => recordAt(stored, row));
}

function isBlock(stored: StoredCapture): stored is CaptureBlock {
  return 'rows' in stored;
}

function recordAt(block: CaptureBlock, row: number): DataCapture {
  const { _id, rows: _count, features, score, request, label, probabilities, decision, warnings, ...shared } = block;
  const warned = warnings?.find((one) => one.row === row);
  return {
    ...shared,
    _id: idBehind(_id, row),
    features: features && rowOf(features, row),
    score: score && score[row]!,
    ...(request && { request: idBehind(request, row) }),
    ...(label && { label: label[row]! }),
    ...(probabilities && { probabilities: rowOf(probabilities, row) }),
    ...(decision && { decision: rowOf(decision, row) }),
    ...(warned && { warnings: warned.warnings }),
  };
}

function rowOf<T>(columns: Columns<T>, row: number): Record<string, T> {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]!]));
}
