import { calculateRows, onRows } from './arithmetic.js';

describe('the arithmetic of scalers', () => {
  it('divides, as multiplying by the reciprocal ends in other bits', () => {
    const steps = [{ operation: 'div', by: Float64Array.of(49) }] as const;
    expect(calculateRows(Float64Array.of(49), steps)).toEqual(Float64Array.of(1));
  });

  it('goes from column to column, row by row', () => {
    const forward = [{ operation: 'sub', by: Float64Array.of(1, 10) }] as const;
    const backward = [{ operation: 'add', by: Float64Array.of(1, 10) }] as const;
    const { transform, inverse } = onRows(forward, backward);
    const rows = Float64Array.of(1, 10, 2, 20);
    expect(transform(rows)).toEqual(Float64Array.of(0, 0, 1, 10));
    expect(inverse(transform(rows))).toEqual(rows);
  });
});
