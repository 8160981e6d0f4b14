/** How often values fall between edges: the first edge belongs to the first bin, every other one to the bin above it, the last one to the last bin. */
export interface Histogram {
  readonly counts: readonly number[];
  /** Values below the first edge. */
  readonly below: number;
  /** Values above the last edge. */
  readonly above: number;
}

/** Two histograms over the same edges. */
export interface Histograms {
  readonly edges: readonly number[];
  readonly baseline: Histogram;
  readonly candidate: Histogram;
}

const BINS = 20;
const SAMPLE = 1000;
// What lies beyond is counted below and above: a few outliers must not press all the others into one bin.
const OUTER_SHARE = 0.005;

/** Histograms of pairs that come one after the other; their edges come from the first thousand pairs. */
export class PairHistograms {
  private readonly sample: (readonly [number, number])[] = [];
  private bins: readonly [Bins, Bins] | undefined;

  add(baseline: number, candidate: number): void {
    if (this.bins) return this.count(this.bins, baseline, candidate);
    this.sample.push([baseline, candidate]);
    if (this.sample.length === SAMPLE) this.bins = this.begin();
  }

  get result(): Histograms {
    const [baseline, candidate] = this.bins ?? this.begin();
    return { edges: baseline.edges, baseline: baseline.result, candidate: candidate.result };
  }

  private begin(): readonly [Bins, Bins] {
    const edges = edgesOf(this.sample.flat());
    const bins = [new Bins(edges), new Bins(edges)] as const;
    for (const [baseline, candidate] of this.sample) this.count(bins, baseline, candidate);
    return bins;
  }

  private count([one, other]: readonly [Bins, Bins], baseline: number, candidate: number): void {
    one.add(baseline);
    other.add(candidate);
  }
}

class Bins {
  private readonly counts: number[];
  private below = 0;
  private above = 0;

  constructor(readonly edges: readonly number[]) {
    this.counts = Array<number>(edges.length - 1).fill(0);
  }

  add(value: number): void {
    const { edges, counts } = this;
    if (value < edges[0]!) this.below++;
    else if (value > edges.at(-1)!) this.above++;
    else counts[this.binOf(value)]!++;
  }

  get result(): Histogram {
    return { counts: this.counts, below: this.below, above: this.above };
  }

  // By comparison and not by division: what is counted must agree with the edges that are shown, to the last digit.
  private binOf(value: number): number {
    let bin = 0;
    while (bin < this.counts.length - 1 && value >= this.edges[bin + 1]!) bin++;
    return bin;
  }
}

/** Edges of equal bins between the outer quantiles of some values; one bin where these are equal. */
function edgesOf(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  const beyond = Math.floor(sorted.length * OUTER_SHARE);
  const [low, high] = [sorted[beyond]!, sorted[sorted.length - 1 - beyond]!];
  if (low === high) return [low, high];
  const inner = Array.from({ length: BINS - 1 }, (_, i) => low + (high - low) * ((i + 1) / BINS));
  return [low, ...inner, high];
}
