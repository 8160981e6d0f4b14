import { isBefore, type Position } from '@app/journal';

const MARK_EVERY_MS = 1_000;

interface Mark {
  end: Position;
  rows: number;
  readonly sinceMs: number;
}

/** What is in the journal and not in the database yet, to the second. */
export class Backlog {
  private marks: Mark[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** Rows that wait. */
  get rows(): number {
    return this.marks.reduce((sum, { rows }) => sum + rows, 0);
  }

  /** How long the oldest of them has waited, in milliseconds; 0 where none waits. */
  get ageMs(): number {
    return this.marks.length === 0 ? 0 : Math.max(0, this.now() - this.marks[0]!.sinceMs);
  }

  /** Rows were committed, up to a position. */
  add(rows: number, end: Position): void {
    const last = this.marks.at(-1);
    const nowMs = this.now();
    if (last && nowMs - last.sinceMs < MARK_EVERY_MS) {
      last.rows += rows;
      last.end = end;
    } else this.marks.push({ rows, end, sinceMs: nowMs });
  }

  /** The database has everything before a position. */
  remove(position: Position): void {
    this.marks = this.marks.filter(({ end }) => isBefore(position, end));
  }
}
