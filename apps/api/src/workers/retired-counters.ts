import { grownOnly, type MetricsSnapshot, summed } from '@app/platform';

/** Keeps what workers that have ended had counted when they were last asked: a total that was shown never falls. */
export class RetiredCounters {
  private readonly last = new Map<number, MetricsSnapshot>();
  private kept: MetricsSnapshot = [];

  /** What these add to the answers of the workers. */
  answersTo(question: string): MetricsSnapshot[] {
    return question === 'metrics' ? [this.kept] : [];
  }

  /** Remembers what a worker answers. */
  note(id: number, question: string, value: unknown): void {
    if (question === 'metrics') this.last.set(id, grownOnly(value as MetricsSnapshot));
  }

  /** A worker has ended. */
  retire(id: number): void {
    const counted = this.last.get(id);
    this.last.delete(id);
    if (counted) this.kept = summed([this.kept, counted]);
  }
}
