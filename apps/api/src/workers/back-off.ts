const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const HEALTHY_MS = 5_000;

/** How long to wait before a process is started again: not at all after a healthy life, longer and longer where one after the other dies at once. */
export class BackOff {
  private deaths = 0;

  after(livedMs: number): number {
    this.deaths = livedMs >= HEALTHY_MS ? 0 : this.deaths + 1;
    return this.deaths <= 1 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (this.deaths - 2), LONGEST_PAUSE_MS);
  }
}
