import type { Feature } from '@app/core';
import { unreadable, type Categories, type CategoryColumns } from '../trees/index.js';
import type { Members } from './document.js';

/** Features by the names of the file, f0, f1, … where it has none; all may be missing, as every split has a side for that. */
export function readFeatures(learner: Members, inputs: number, categories: CategoryColumns): readonly Feature[] {
  const names = learner.get('feature_names');
  const isNamed = Array.isArray(names) && names.length > 0;
  if (isNamed && names.length !== inputs)
    unreadable(`the XGBoost model has ${inputs} features, but ${names.length} names`);
  return Array.from({ length: inputs }, (_, i) => ({
    name: isNamed ? String(names[i]) : `f${i}`,
    // XGBoost answers any number, also where training saw whole ones only (feature_types int).
    type: categories.get(i)?.type ?? 'double',
    nullable: true,
    ...categoriesOf(categories.get(i)),
  }));
}

/** XGBoost refuses categories that training did not see. */
function categoriesOf(known: Categories | undefined): Pick<Feature, 'categories'> {
  return known && known.type !== 'boolean' ? { categories: known.values } : {};
}
