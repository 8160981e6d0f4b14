import { cellValue, isNumberCell } from './cell-value.js';

describe('a cell of CSV', () => {
  it.each<[string, number | string]>([
    ['1', 1],
    ['-1.', -1],
    ['+.5', 0.5],
    [' 1e3 ', 1000],
    ['1.5E-2', 0.015],
    ['0x10', '0x10'],
    ['Infinity', 'Infinity'],
    ['1,5', '1,5'],
    ['.', '.'],
    ['1e', '1e'],
  ])('%j is %j in a column of numbers', (cell, value) => {
    expect(cellValue('double', cell)).toBe(value);
    expect(isNumberCell(cell)).toBe(typeof value === 'number');
  });

  it.each(['', ' ', 'NaN', 'nan', 'NA', 'null', 'None'])('%j is missing, but for a text', (cell) => {
    expect([cellValue('double', cell), cellValue('integer', cell), cellValue('boolean', cell)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(cellValue('string', cell)).toBe(cell === '' ? null : cell);
  });

  it.each([
    ['TRUE', true],
    ['0', false],
    ['constructor', 'constructor'],
    ['yes', 'yes'],
  ])('%j is %j in a column of truths', (cell, value) => {
    expect(cellValue('boolean', cell)).toBe(value);
  });

  // Minutes where each digit is tried as the last one before the point.
  it('of very many digits that is no number stays a text', () => {
    const cell = `${'1'.repeat(1_000_000)}x`;
    expect(cellValue('double', cell)).toBe(cell);
  });
});
