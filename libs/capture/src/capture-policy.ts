import { createHmac } from 'node:crypto';
import { MISSING_TEXT, type Rows, type RowWarnings } from '@app/core';
import type { CapturedColumn, CapturedRows } from './captured-rows.js';

/** What of a prediction is kept. */
export interface CaptureRules {
  /** From 0 to 1: the share of requests whose rows are kept. */
  readonly share: number;
  /** Features that are never written. */
  readonly omit: readonly string[];
  /** Features of which a keyed hash is written in place of the value. */
  readonly hash: readonly string[];
  readonly hashKey: string;
}

const HASH_DIGITS = 32;

/** A column that is kept, where it stood, and whether its hash is kept in its place. */
interface KeptColumn extends CapturedColumn {
  readonly source: number;
  readonly isHashed: boolean;
  readonly sourceType: CapturedColumn['type'];
}

/** Applies the rules before anything reaches a disk. */
export class CapturePolicy {
  private readonly privateNames: ReadonlySet<string>;
  private readonly kept = new WeakMap<readonly CapturedColumn[], readonly KeptColumn[]>();

  constructor(
    private readonly rules: CaptureRules,
    private readonly random: () => number = Math.random,
  ) {
    this.privateNames = new Set([...rules.omit, ...rules.hash]);
  }

  /** Whether the rows of this request are among the share that is kept. */
  isSampled(): boolean {
    return this.rules.share >= 1 || this.random() < this.rules.share;
  }

  /** The rows without what is omitted, and with hashes in place of what is hashed. */
  apply(captured: CapturedRows): CapturedRows {
    if (this.privateNames.size === 0) return captured;
    const columns = this.columnsOf(captured.columns);
    return { ...captured, columns, rows: this.rowsOf(captured.rows, columns), warnings: this.warningsOf(captured) };
  }

  private columnsOf(columns: readonly CapturedColumn[]): readonly KeptColumn[] {
    let kept = this.kept.get(columns);
    if (!kept) this.kept.set(columns, (kept = this.keep(columns)));
    return kept;
  }

  private keep(columns: readonly CapturedColumn[]): KeptColumn[] {
    const all = columns.map(({ name, type }, source) => {
      const isHashed = this.rules.hash.includes(name);
      return { name, type: isHashed ? ('string' as const) : type, source, sourceType: type, isHashed };
    });
    return all.filter(({ name }) => !this.rules.omit.includes(name));
  }

  private rowsOf(rows: Rows, columns: readonly KeptColumn[]): Rows {
    const width = columns.length;
    const kept = { count: rows.count, width, numbers: new Float64Array(rows.count * width), texts: [] as string[] };
    for (let at = 0; at < kept.numbers.length; at++) {
      const column = columns[at % width]!;
      const from = Math.floor(at / width) * rows.width + column.source;
      kept.numbers[at] = column.type === 'string' ? NaN : rows.numbers[from]!;
      kept.texts.push(column.type === 'string' ? this.textOf(rows, column, from) : '');
    }
    return kept;
  }

  private textOf({ numbers, texts }: Rows, { isHashed, sourceType }: KeptColumn, from: number): string {
    const isMissing = sourceType === 'string' ? texts[from] === MISSING_TEXT : Number.isNaN(numbers[from]);
    if (isMissing) return MISSING_TEXT;
    const value = sourceType === 'string' ? texts[from]! : String(numbers[from]);
    return isHashed ? this.hashOf(value) : value;
  }

  // Keyed: whoever reads the history could else hash every likely value and compare.
  private hashOf(value: string): string {
    return createHmac('sha256', this.rules.hashKey).update(value).digest('hex').slice(0, HASH_DIGITS);
  }

  // A warning quotes the value that it is about.
  private warningsOf({ warnings }: CapturedRows): RowWarnings {
    const isOpen = (warning: string): boolean =>
      ![...this.privateNames].some((name) => warning.startsWith(`${name}: `));
    return new Map([...warnings].map(([row, texts]) => [row, texts.filter(isOpen)]));
  }
}
