/** A reason and how often there was. */
export interface Tallied {
  readonly reason: string;
  readonly count: number;
}

const MOST_REASONS = 20;
const ANOTHER = 'another reason';

/** Counts by reason: the first twenty by name, the others together. */
export class Tally {
  private readonly counts = new Map<string, number>();
  private sum = 0;

  get total(): number {
    return this.sum;
  }

  add(reason: string): void {
    const key = this.counts.has(reason) || this.counts.size < MOST_REASONS ? reason : ANOTHER;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    this.sum++;
  }

  /** The most frequent first. */
  get all(): readonly Tallied[] {
    const all = [...this.counts].map(([reason, count]) => ({ reason, count }));
    return all.toSorted((a, b) => b.count - a.count);
  }
}
