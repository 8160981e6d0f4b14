import type { QueryFilter } from 'mongoose';
import { Types } from 'mongoose';
import { firstIdOf } from './capture-ids.js';
import type { CaptureRole, DataCapture } from './data-capture.schema.js';
import { storedFrom } from './records.js';

/** Which captures to read, and in which order; all of them, oldest first, where nothing is said. */
export interface HistoryQuery {
  readonly model?: string;
  /** First moment that is wanted. */
  readonly from?: Date;
  /** First moment that is no longer wanted. */
  readonly to?: Date;
  /** The id of the last capture of the page before. */
  readonly after?: string;
  readonly order?: 'asc' | 'desc';
  /** Records of one role, or of all; where nothing is said, those that were answered: all but the shadows'. */
  readonly role?: CaptureRole | 'all';
}

/**
 * The MongoDB filter of what a history query may want of what is stored; times are ranges of `_id`, which is the only
 * index in order of time. Only `after` may lie within a block: its ids are of one moment.
 */
export function historyFilter({ model, from, to, after, order, role }: HistoryQuery): QueryFilter<DataCapture> {
  const bounds = [
    from && { _id: { $gte: firstIdOf(from.getTime()) } },
    to && { _id: { $lt: firstIdOf(to.getTime()) } },
    after && storedBehind(new Types.ObjectId(after), order),
    model && { model },
    roleFilter(role),
  ].filter((bound) => bound !== undefined && bound !== '');
  return bounds.length > 0 ? { $and: bounds } : {};
}

function storedBehind(after: Types.ObjectId, order: HistoryQuery['order']): QueryFilter<DataCapture> {
  return order === 'desc' ? { _id: { $lt: after } } : storedFrom(after);
}

function roleFilter(role: HistoryQuery['role']): QueryFilter<DataCapture> | undefined {
  if (role === 'all') return undefined;
  if (role === undefined) return { role: { $ne: 'shadow' } };
  // A record without a role is older than roles.
  return role === 'active' ? { role: { $in: ['active', null] } } : { role };
}
