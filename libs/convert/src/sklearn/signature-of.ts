import type { Feature, Signature } from '@app/core';
import { unreadable } from '../trees/index.js';
import { isDescribed, namesOfModel } from './apply-to-table.js';
import { needsOfModel } from './column-needs.js';
import type { ColumnNeed, TableModel } from './converter.js';

/** A signature, and where its names are from. */
export interface NamedSignature {
  readonly signature: Signature;
  readonly namesFrom: 'file' | 'made-up';
}

/** The signature of a model whose columns the file names, or not. */
export function signatureOf(model: TableModel, stored: readonly string[] | undefined): NamedSignature {
  const { task, classes } = model;
  const rest = { task, output: { name: 'score' }, ...(classes && { classes }) };
  if (isDescribed(model))
    return { signature: { ...rest, features: distinct(model.features) }, namesFrom: model.namesFrom };
  const names = [stored, namesOfModel(model)].find((list) => list?.length === model.inputs);
  const features = needsOfModel(model).map((need, i) => featureOf(names?.[i] ?? `x${i}`, need));
  return { signature: { ...rest, features: distinct(features) }, namesFrom: names ? 'file' : 'made-up' };
}

/** Refuses two features of one name, which no request could tell apart. */
function distinct(features: readonly Feature[]): readonly Feature[] {
  const seen = new Set<string>();
  const twice = features.find(({ name }) => seen.size === seen.add(name).size);
  if (twice) unreadable(`the file names two features ${JSON.stringify(twice.name.slice(0, 40))}`);
  return features;
}

function featureOf(name: string, { type, missing, categories }: ColumnNeed): Feature {
  return { name, type, ...(missing === 'handled' && { nullable: true }), ...(categories && { categories }) };
}
