/** Something that waits for a thread: short, such as a single row, or a slice of something long. */
export interface Waiting {
  readonly isShort: boolean;
}

/** Lets short tasks pass long ones, for as much time as the last long one took: neither keeps the other from its end. */
export class FairQueue<T extends Waiting> {
  private short: T[] = [];
  private long: T[] = [];
  private creditMs = 0;

  get length(): number {
    return this.short.length + this.long.length;
  }

  push(task: T): void {
    (task.isShort ? this.short : this.long).push(task);
  }

  /** The task whose turn it is. */
  shift(): T | undefined {
    const shortFirst = this.creditMs > 0 || this.long.length === 0;
    const [first, second] = shortFirst ? [this.short, this.long] : [this.long, this.short];
    return first.shift() ?? second.shift();
  }

  /** Says how long a task took. */
  account({ isShort }: Waiting, ms: number): void {
    this.creditMs = isShort ? this.creditMs - ms : ms;
  }

  /** All that wait; none are left. */
  drain(): T[] {
    const all = [...this.short, ...this.long];
    this.short = [];
    this.long = [];
    return all;
  }
}
