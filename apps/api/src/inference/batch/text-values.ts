import type { Feature, NamedFeatures, Signature } from '@app/core';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const MISSING = new Set(['', 'nan', 'null', 'na']);

/** The features of a row of texts whose columns have names. */
export function namedTexts(signature: Signature, names: readonly string[], texts: readonly string[]): NamedFeatures {
  const types = typesOf(signature);
  return Object.fromEntries(names.map((name, at) => [name, valueOfText(types.get(name), texts[at]!)]));
}

/** The value that a text of CSV stands for; one that stands for none stays a text, and is refused as such. */
export function valueOfText(type: Feature['type'] | undefined, text: string): unknown {
  if (type === 'string') return text;
  const trimmed = text.trim();
  if (MISSING.has(trimmed.toLowerCase())) return null;
  return type === 'boolean' ? truthOf(trimmed) : numberOf(trimmed);
}

/** True for a text that is a number, or says that one is missing. */
export function isNumeric(text: string): boolean {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) || MISSING.has(trimmed.toLowerCase());
}

function numberOf(text: string): number | string {
  return NUMBER.test(text) ? Number(text) : text;
}

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false };

function truthOf(text: string): boolean | string {
  return TRUTHS[text.toLowerCase()] ?? text;
}

const known = new WeakMap<Signature, ReadonlyMap<string, Feature['type']>>();

function typesOf(signature: Signature): ReadonlyMap<string, Feature['type']> {
  let types = known.get(signature);
  if (!types) known.set(signature, (types = new Map(signature.features.map(({ name, type }) => [name, type]))));
  return types;
}
