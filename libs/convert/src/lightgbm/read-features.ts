import type { Feature, Range } from '@app/core';
import { unreadable, type CategoryColumns } from '../trees/index.js';
import type { ModelText } from './model-text.js';

const FILLER = /^Column_\d+$/;

/** The features by the names of the file; all may be missing, as LightGBM has a rule for NaN in every split (FINDINGS, nan_rows). */
export function readFeatures(text: ModelText, categories: CategoryColumns): readonly Feature[] {
  const names = listOf(text, 'feature_names');
  const infos = listOf(text, 'feature_infos');
  return names.map((name, i) => {
    const range = categories.has(i) ? undefined : rangeOf(infos[i]);
    return { name, type: categories.get(i)?.type ?? 'double', nullable: true, ...(range && { range }) };
  });
}

/** Whether the names are those that LightGBM makes up where training gave none. */
export function areFillers(features: readonly Feature[]): boolean {
  return features.every(({ name }) => FILLER.test(name));
}

function listOf({ header, featureCount }: ModelText, key: string): readonly string[] {
  const list = (header.get(key) ?? '').split(' ').filter(Boolean);
  if (list.length !== featureCount)
    unreadable(`the LightGBM model has ${featureCount} features, but ${list.length} ${key}`);
  return list;
}

/** `[min:max]` of a number; a list of categories or `none` has no range. */
function rangeOf(info: string): Range | undefined {
  const [, min, max] = /^\[([^:]+):([^:]+)\]$/.exec(info) ?? [];
  const range = { min: Number(min), max: Number(max) };
  return Number.isFinite(range.min) && Number.isFinite(range.max) ? range : undefined;
}
