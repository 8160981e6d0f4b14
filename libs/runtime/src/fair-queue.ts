/** Something that waits for a thread: short, such as a single row, or a slice of something long. */
export interface Waiting {
  readonly isShort: boolean;
}

/** Lets short tasks pass long ones, for as much time as those took: each kind has half of it where both wait. */
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

  /** Says how long a task took; a kind that has the thread for itself owes the other nothing. */
  account({ isShort }: Waiting, ms: number): void {
    if (isShort) this.creditMs = this.long.length > 0 ? this.creditMs - ms : 0;
    else this.creditMs = this.short.length > 0 ? this.creditMs + ms : ms;
  }

  /** All that wait; none are left. */
  drain(): T[] {
    const all = [...this.short, ...this.long];
    this.short = [];
    this.long = [];
    return all;
  }
}
