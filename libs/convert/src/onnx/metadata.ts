import type { Label } from '@app/core';
import type { OnnxModel } from './model.js';

/** The longest unit or description that is kept, in characters. */
export const MAX_TEXT_LENGTH = 1_000;

type Metadata = OnnxModel['metadata'];

/** `feature_names`: a JSON array of texts, or names with commas between them. */
export function featureNamesOf(metadata: Metadata): readonly string[] | undefined {
  const text = metadata.get('feature_names')?.trim();
  if (!text) return undefined;
  if (!text.startsWith('[')) return text.split(',').map((name) => name.trim());
  const names = parsed(text);
  return isArrayOf(names, 'string') ? names : undefined;
}

/** `units` or `descriptions`: a JSON object from a feature's name to its text; anything else in it is left out. */
export function textsByName(metadata: Metadata, key: 'units' | 'descriptions'): ReadonlyMap<string, string> {
  const object = parsed(metadata.get(key));
  if (typeof object !== 'object' || object === null) return new Map();
  const entries = Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new Map(entries.map(([name, text]) => [name, text.slice(0, MAX_TEXT_LENGTH)]));
}

/** `classes`: a JSON array of texts, of numbers or of booleans. */
export function classesOf(metadata: Metadata): readonly Label[] | undefined {
  const classes = parsed(metadata.get('classes'));
  if (isArrayOf(classes, 'string') || isArrayOf(classes, 'number') || isArrayOf(classes, 'boolean')) return classes;
  return undefined;
}

interface Typed {
  string: string;
  number: number;
  boolean: boolean;
}

function isArrayOf<T extends keyof Typed>(value: unknown, type: T): value is readonly Typed[T][] {
  return Array.isArray(value) && value.every((item) => typeof item === type);
}

function parsed(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    // Metadata is free text: what is no JSON was written for someone else.
    return undefined;
  }
}
