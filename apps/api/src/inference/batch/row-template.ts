import { NumberText } from './number-text.js';

// What stands before a number: the start of the row or a comma, a name, a colon.
const BEFORE_NUMBER = /^\s*([{,])\s*("(?:[^"\\]|\\.)*")\s*:\s*$/;
const END_OF_ROW = /^\s*\}$/;
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/**
 * What all rows of a client have in common: every byte of a flat JSON object but its numbers. A row that looks like the one before
 * is read at the speed of a comparison, and none of it becomes an object.
 */
export class RowTemplate {
  /** The bytes of the shortest row. */
  readonly leastBytes: number;

  private constructor(
    /** The names in the order of the numbers. */
    readonly keys: readonly string[],
    private readonly before: readonly Buffer[],
    private readonly end: Buffer,
  ) {
    this.leastBytes = before.reduce((sum, part) => sum + part.length + 1, end.length);
  }

  /** The template of a row of numbers, given the text of its object; undefined for any other row. */
  static of(text: string): RowTemplate | undefined {
    const parts: string[] = [];
    let from = 0;
    for (const { 0: token, index } of text.matchAll(TEXT_OR_NUMBER)) {
      if (token.startsWith('"')) continue;
      parts.push(text.slice(from, index));
      from = index + token.length;
    }
    return RowTemplate.from(parts, text.slice(from));
  }

  private static from(parts: readonly string[], end: string): RowTemplate | undefined {
    const found = parts.map((part) => BEFORE_NUMBER.exec(part));
    const isRow = found.every((match, at) => match?.[1] === (at === 0 ? '{' : ',')) && END_OF_ROW.test(end);
    if (!isRow || parts.length === 0) return undefined;
    const keys = found.map((match) => JSON.parse(match![2]!) as string);
    // Of a name that is there twice JSON has the last value only.
    if (new Set(keys).size < keys.length) return undefined;
    return new RowTemplate(
      keys,
      parts.map((part) => Buffer.from(part)),
      Buffer.from(end),
    );
  }

  /** Reads the row at `at` into `numbers` from `to` on, and gives the offset behind it; -1 where it is another kind of row, or not whole. */
  read(bytes: Buffer, at: number, numbers: Float64Array, to: number): number {
    let offset = at;
    for (let column = 0; column < this.before.length; column++) {
      const start = behind(bytes, offset, this.before[column]!);
      if (start < 0 || !NUMBER.read(bytes, start)) return -1;
      numbers[to + column] = NUMBER.value;
      offset = NUMBER.end;
    }
    return behind(bytes, offset, this.end);
  }
}

const NUMBER = new NumberText();

function behind(bytes: Buffer, at: number, part: Buffer): number {
  // Not left to the comparison: where V8 has seen a read behind the end, every read takes twice the time.
  if (at + part.length > bytes.length) return -1;
  for (let i = 0; i < part.length; i++) if (bytes[at + i] !== part[i]) return -1;
  return at + part.length;
}
