import type { Feature } from '@app/core';

const MISSING = new Set(['', 'NA', 'NaN', 'nan', 'null', 'None']);
const TRUTH: Readonly<Record<string, boolean>> = { true: true, false: false, '1': true, '0': false };

/** The text of a CSV cell as a request would say it: a number, text, boolean, or null where it is missing. What is none stays a text, to be refused by name. */
export function cellValue({ type }: Feature, text: string): number | string | boolean | null {
  if (type === 'string') return text === '' ? null : text;
  if (MISSING.has(text)) return null;
  if (type === 'boolean') return TRUTH[text.toLowerCase()] ?? text;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}
