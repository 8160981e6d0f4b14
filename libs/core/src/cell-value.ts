import type { FeatureType } from './signature.js';

// Each part can begin in one way only: a text of digits that is no number is found out in one go.
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const MISSING = new Set(['', 'nan', 'null', 'na', 'none']);
const TRUTHS = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);

/**
 * The value that a cell of CSV stands for, by the type of its column: null for one that is missing, in a column of texts
 * only an empty one. What stands for no value stays a text, to be refused as such.
 */
export function cellValue(type: FeatureType | undefined, cell: string): number | string | boolean | null {
  if (type === 'string') return cell === '' ? null : cell;
  const trimmed = cell.trim();
  if (MISSING.has(trimmed.toLowerCase())) return null;
  return type === 'boolean' ? (TRUTHS.get(trimmed.toLowerCase()) ?? trimmed) : numberOf(trimmed);
}

/** True for a cell that is a number, or says that one is missing. */
export function isNumberCell(cell: string): boolean {
  const trimmed = cell.trim();
  return NUMBER.test(trimmed) || MISSING.has(trimmed.toLowerCase());
}

function numberOf(text: string): number | string {
  return NUMBER.test(text) ? Number(text) : text;
}
