/** Entries that become safe together. */
export class CommitGroup {
  readonly done: Promise<void>;
  resolve!: () => void;
  reject!: (cause: unknown) => void;

  constructor() {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever appended hears of a failure; a group that nobody waits for must not end the process.
    this.done.catch(() => undefined);
  }
}
