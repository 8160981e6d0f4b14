import { createHash } from 'node:crypto';
import type { Traffic } from './traffic.js';

const BUCKETS = 10_000;
const BUCKETS_A_PERCENT = BUCKETS / 100;

/**
 * The version that a key gets: always the same while the traffic stays as it is. A canary takes the lowest buckets, so one
 * that is raised keeps the keys that it had, and one that is lowered gives back only those above.
 */
export function chooseVersion({ active, canary }: Traffic, key: string): number {
  if (!canary) return active;
  const share = Math.round(canary.percent * BUCKETS_A_PERCENT);
  return bucketOf(`${canary.version}:${key}`) < share ? canary.version : active;
}

// A cryptographic hash, as short and consecutive keys must spread evenly too; with the version in it, so that it is not
// the same callers who try every canary first.
function bucketOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) % BUCKETS;
}
