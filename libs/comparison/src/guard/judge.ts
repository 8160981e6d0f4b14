/** What a canary must keep to, and what becomes of it when it has. */
export interface GuardRules {
  /** Rows that each of the two versions must have been given. */
  readonly minRows: number;
  readonly afterMinutes: number;
  readonly onceHeld: 'promote' | 'keep';
  readonly maxErrorRateIncrease?: number;
  readonly maxLatencyRatio?: number;
  readonly maxScoreShift?: number;
}

/** What a version has done. */
export interface Totals {
  readonly rows: number;
  readonly requests: number;
  /** Requests that it could not answer. */
  readonly failures: number;
  /** The time that the answered ones took, together. */
  readonly ms: number;
}

/** What two versions have done since a guard watches them. */
export interface Evidence {
  readonly active: Totals;
  readonly canary: Totals;
  /** Absent where too few scores were kept. */
  readonly scoreShift?: number;
  readonly minutes: number;
}

/** What a guard thinks of a canary, and why. */
export interface Finding {
  readonly verdict: 'waiting' | 'broken' | 'held';
  readonly reason: string;
}

interface Measure {
  /** NaN where it cannot be told yet. */
  readonly value: number;
  readonly most: number;
  readonly text: string;
}

/** Says whether a canary keeps to its rules. */
export function judge(rules: GuardRules, evidence: Evidence): Finding {
  const { active, canary, minutes } = evidence;
  const rows = `${canary.rows} rows of the canary, ${active.rows} of the active version`;
  if (Math.min(active.rows, canary.rows) < rules.minRows)
    return { verdict: 'waiting', reason: `${rows}: each needs ${rules.minRows}` };
  const measures = measuresOf(rules, evidence);
  const reason = `${measures.map(({ text }) => text).join('; ')}; ${rows}`;
  if (measures.some(({ value, most }) => value > most)) return { verdict: 'broken', reason };
  const isOpen = minutes < rules.afterMinutes || measures.some(({ value }) => Number.isNaN(value));
  return { verdict: isOpen ? 'waiting' : 'held', reason: `${reason}; for ${shown(minutes)} minutes` };
}

function measuresOf({ maxErrorRateIncrease, maxLatencyRatio, maxScoreShift }: GuardRules, evidence: Evidence) {
  const measures: Measure[] = [];
  if (maxErrorRateIncrease !== undefined) measures.push(errorRates(evidence, maxErrorRateIncrease));
  if (maxLatencyRatio !== undefined) measures.push(latencies(evidence, maxLatencyRatio));
  if (maxScoreShift !== undefined) measures.push(shift(evidence, maxScoreShift));
  return measures;
}

function errorRates({ active, canary }: Evidence, most: number): Measure {
  const [mine, other] = [canary, active].map(({ failures, requests }) => failures / requests) as [number, number];
  const text = `error rate ${shown(mine)} beside ${shown(other)}, at most ${most} more`;
  return { value: mine - other, most, text };
}

function latencies({ active, canary }: Evidence, most: number): Measure {
  const [mine, other] = [canary, active].map(meanMs) as [number, number];
  const text = `${shown(mine)} ms a request beside ${shown(other)}, at most ${most} times as long`;
  return { value: mine / other, most, text };
}

function shift({ scoreShift = NaN }: Evidence, most: number): Measure {
  return { value: scoreShift, most, text: `score shift ${shown(scoreShift)}, at most ${most}` };
}

function meanMs({ ms, requests, failures }: Totals): number {
  return ms / (requests - failures);
}

function shown(value: number): string {
  return Number.isNaN(value) ? 'unknown' : String(Number(value.toPrecision(3)));
}
