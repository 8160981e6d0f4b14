/** What one side of the pairs is like. */
export interface Spread {
  readonly mean: number;
  /** Of the sample (n - 1); 0 of a single value. */
  readonly standardDeviation: number;
  readonly min: number;
  readonly max: number;
}

/** Mean, spread and correlation of pairs that come one after the other (Welford: no sum of squares that could cancel out). */
export class PairMoments {
  private readonly sides = [new Side(), new Side()] as const;
  private products = 0;

  add(baseline: number, candidate: number): void {
    const [one, other] = this.sides;
    const deviation = baseline - one.mean;
    one.add(baseline);
    other.add(candidate);
    this.products += deviation * (candidate - other.mean);
  }

  get baseline(): Spread {
    return this.sides[0].spread;
  }

  get candidate(): Spread {
    return this.sides[1].spread;
  }

  /** Pearson's; undefined where one side is always the same. */
  get correlation(): number | undefined {
    const [one, other] = this.sides;
    const scale = Math.sqrt(one.squares) * Math.sqrt(other.squares);
    // Rounding may carry it past its bounds.
    return scale > 0 ? Math.max(-1, Math.min(1, this.products / scale)) : undefined;
  }
}

class Side {
  mean = 0;
  squares = 0;
  private count = 0;
  private min = Infinity;
  private max = -Infinity;

  add(value: number): void {
    this.count++;
    const deviation = value - this.mean;
    this.mean += deviation / this.count;
    this.squares += deviation * (value - this.mean);
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
  }

  get spread(): Spread {
    const { mean, min, max } = this;
    return { mean, standardDeviation: Math.sqrt(this.squares / Math.max(1, this.count - 1)), min, max };
  }
}
