const [MINUS, DOT, ZERO, SMALL_E, LARGE_E] = [0x2d, 0x2e, 0x30, 0x65, 0x45] as const;
// A double holds a whole number of so many digits exactly, and so it does the powers of ten: one division, rounded once, is right.
const MOST_DIGITS = 15;
const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, digits) => 10 ** digits);

/** Reads JSON numbers without an exponent, to the same double as JSON.parse. It holds the last one, so that reading makes no object. */
export class NumberText {
  value = 0;
  /** The offset behind it. */
  end = 0;
  private start = 0;
  private dot = -1;

  /** Reads the number at `at`; false where there is another text, or where the bytes end with it: it may go on. */
  read(bytes: Buffer, at: number): boolean {
    this.start = bytes[at] === MINUS ? at + 1 : at;
    const whole = this.readDigits(bytes);
    if (!this.isNumber(bytes)) return false;
    const value = this.valueOf(bytes, whole);
    this.value = this.start > at ? -value : value;
    return true;
  }

  // All digits, and at most one point among them, as one whole number.
  private readDigits(bytes: Buffer): number {
    let whole = 0;
    let at = this.start;
    this.dot = -1;
    for (; at < bytes.length; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit >= 0 && digit <= 9) whole = whole * 10 + digit;
      else if (bytes[at] === DOT && this.dot < 0) this.dot = at;
      else break;
    }
    this.end = at;
    return whole;
  }

  // JSON's rules: a digit, no zero before others, a digit behind the point. An exponent is for JSON.parse.
  private isNumber(bytes: Buffer): boolean {
    const { start, dot, end } = this;
    const wholeDigits = (dot < 0 ? end : dot) - start;
    if (wholeDigits === 0 || (wholeDigits > 1 && bytes[start] === ZERO) || dot === end - 1) return false;
    return end < bytes.length && bytes[end] !== SMALL_E && bytes[end] !== LARGE_E;
  }

  private valueOf(bytes: Buffer, whole: number): number {
    const { start, dot, end } = this;
    const fraction = dot < 0 ? 0 : end - dot - 1;
    if (end - start > MOST_DIGITS) return Number(bytes.toString('latin1', start, end));
    return fraction === 0 ? whole : whole / POWERS[fraction]!;
  }
}
