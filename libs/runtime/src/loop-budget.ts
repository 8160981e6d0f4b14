/** How much scoring the thread that answers requests may have before it at a time. */
export class LoopBudget {
  private takenMs = 0;

  constructor(readonly budgetMs: number) {}

  /** Takes time for some work and says so; takes none where it would be too much at once. */
  take(ms: number): boolean {
    const fits = this.takenMs + ms <= this.budgetMs;
    if (fits) this.takenMs += ms;
    return fits;
  }

  /** Gives back what work took that has ended. */
  give(ms: number): void {
    this.takenMs -= ms;
  }
}
