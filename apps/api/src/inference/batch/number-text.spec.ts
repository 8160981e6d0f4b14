import fc from 'fast-check';
import { NumberText } from './number-text.js';

const number = new NumberText();
const digits = fc.stringMatching(/^\d{1,25}$/);

describe('NumberText', () => {
  it('reads every decimal number to the last bit as JSON.parse does', () => {
    const decimal = fc.tuple(fc.constantFrom('', '-'), digits, fc.option(digits));
    const printed = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
    const text = fc.oneof(
      decimal.map(([sign, whole, fraction]) => sign + whole + (fraction === null ? '' : `.${fraction}`)),
      printed,
      fc.integer().map(String),
    );
    const property = fc.property(text, fc.constantFrom(',', '}', ' ', ']'), (written, behind) => {
      const isRead = number.read(Buffer.from(`{"a":${written}${behind}`), 5);
      const parsed = parse(written);
      if (!isRead) return parsed === undefined || /e/i.test(written);
      return Object.is(number.value, parsed) && number.end === 5 + written.length;
    });
    fc.assert(property, { numRuns: 20_000, seed: 20130101 });
  });

  it.each(['', '-', '.5', '1.', '01', '-01', '1.5.2,', '1e5,', '1.5E-3,', '+1,', 'NaN,', '"1",', '1', '1.5'])(
    'leaves %j to JSON.parse',
    (text) => {
      const isRead = number.read(Buffer.from(text), 0);
      // What stands behind the first of two points is no number's end for whoever reads the row.
      expect(isRead && !text.startsWith('.', number.end)).toBe(false);
    },
  );
});

function parse(text: string): number | undefined {
  try {
    return JSON.parse(text) as number;
  } catch {
    return undefined;
  }
}
