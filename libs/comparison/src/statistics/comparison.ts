import { type Histograms, PairHistograms } from './pair-histograms.js';
import { PairMoments, type Spread } from './pair-moments.js';
import type { Pair, Scored } from './scored.js';
import { Tally, type Tallied } from './tally.js';

/** Two versions over the same requests. */
export interface Comparison {
  /** Pairs that were compared. */
  readonly n: number;
  readonly baseline: Spread;
  readonly candidate: Spread;
  /** Of candidate less baseline. */
  readonly meanDifference: number;
  readonly meanAbsoluteDifference: number;
  /** Share of the pairs whose scores differ by more than rounding. */
  readonly differentShare: number;
  readonly largestDifference: Difference;
  /** Absent where one side is always the same. */
  readonly correlation?: number;
  /** Absent where no pair has labels. */
  readonly labels?: { readonly n: number; readonly differentShare: number };
  readonly histograms: Histograms;
}

/** Where two versions disagree most. */
export interface Difference {
  readonly request: string;
  readonly baseline: number;
  readonly candidate: number;
  readonly difference: number;
}

/** What came of all that was to be compared. */
export interface Compared {
  /** Absent where there was nothing to compare. */
  readonly comparison?: Comparison;
  /** What could not be compared, by reason. */
  readonly skipped: readonly Tallied[];
}

// As far apart as two ways to the same sum may be.
const ROUNDING = 1e-9;

/** Compares pairs that come one after the other, in memory that does not grow with them. */
export class ComparisonInProgress {
  private readonly moments = new PairMoments();
  private readonly histograms = new PairHistograms();
  private readonly skipped = new Tally();
  private largest: Difference | undefined;
  private pairs = 0;
  private different = 0;
  private sum = 0;
  private absoluteSum = 0;
  private labelled = 0;
  private labelledDifferently = 0;

  /** How many were compared so far. */
  get n(): number {
    return this.pairs;
  }

  /** How many could not be compared so far. */
  get skippedRows(): number {
    return this.skipped.total;
  }

  add({ id, baseline, candidate }: Pair): void {
    const [one, other] = [baseline.score, candidate.score];
    if (typeof one !== 'number' || typeof other !== 'number') return this.skip('the score is a list');
    this.addScores(id, one, other);
    this.addLabels(baseline, candidate);
  }

  /** Counts what cannot be compared. */
  skip(reason: string): void {
    this.skipped.add(reason);
  }

  get result(): Compared {
    const skipped = this.skipped.all;
    return this.largest ? { comparison: this.comparisonWith(this.largest), skipped } : { skipped };
  }

  private addScores(request: string, baseline: number, candidate: number): void {
    const difference = candidate - baseline;
    const size = Math.abs(difference);
    this.pairs++;
    this.moments.add(baseline, candidate);
    this.histograms.add(baseline, candidate);
    this.sum += difference;
    this.absoluteSum += size;
    if (size > ROUNDING * Math.max(Math.abs(baseline), Math.abs(candidate))) this.different++;
    if (!this.largest || size > Math.abs(this.largest.difference))
      this.largest = { request, baseline, candidate, difference };
  }

  private addLabels(baseline: Scored, candidate: Scored): void {
    if (baseline.label === undefined || candidate.label === undefined) return;
    this.labelled++;
    if (baseline.label !== candidate.label) this.labelledDifferently++;
  }

  private comparisonWith(largestDifference: Difference): Comparison {
    const { pairs: n, moments, labelled } = this;
    const { baseline, candidate, correlation } = moments;
    return {
      n,
      baseline,
      candidate,
      meanDifference: this.sum / n,
      meanAbsoluteDifference: this.absoluteSum / n,
      differentShare: this.different / n,
      largestDifference,
      ...(correlation !== undefined && { correlation }),
      ...(labelled > 0 && { labels: { n: labelled, differentShare: this.labelledDifferently / labelled } }),
      histograms: this.histograms.result,
    };
  }
}
