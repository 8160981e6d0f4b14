import type { Feature } from '@app/core';
import { unreadable, unsupported } from '../trees/index.js';
import { optionalMembersOf, type Members } from './document.js';

/** Features by the names of the file, f0, f1, … where it has none; all may be missing, as every split has a side for that. */
export function readFeatures(learner: Members, inputs: number): readonly Feature[] {
  const names = learner.get('feature_names');
  const isNamed = Array.isArray(names) && names.length > 0;
  if (isNamed && names.length !== inputs)
    unreadable(`the XGBoost model has ${inputs} features, but ${names.length} names`);
  return Array.from({ length: inputs }, (_, i) => ({
    name: isNamed ? String(names[i]) : `f${i}`,
    // XGBoost answers any number, also where training saw whole ones only (feature_types int).
    type: 'double',
    nullable: true,
  }));
}

/** Refuses a model that codes categories itself (3.1 and newer, trained on a data frame): its codes are not those of X. */
export function refuseCategoryNames(model: Members): void {
  const encodings = optionalMembersOf(optionalMembersOf(model, 'model'), 'cats').get('enc');
  if (!Array.isArray(encodings) || encodings.length === 0) return;
  const advice = 'Train it on numeric codes of the categories, or export the model to ONNX and upload that';
  unsupported('the XGBoost model holds the names of pandas categories', advice);
}
