import type { Label } from '@app/core';
import type { EstimatorOptions } from '../trees/index.js';
import { optionalMembersOf, type Members } from './document.js';

/** What the scikit-learn wrapper says about itself in a file that it saved; empty where a Booster saved it. */
export interface WrapperFacts extends EstimatorOptions {
  readonly isWrapper: boolean;
  /** What counts as missing, in files of 1.x. */
  readonly missing?: number;
}

/** Reads the attribute `scikit_learn`, a JSON text. */
export function readWrapperFacts(learner: Members): WrapperFacts {
  const text = optionalMembersOf(learner, 'attributes').get('scikit_learn');
  if (typeof text !== 'string') return { isWrapper: false };
  const facts = parsed(text);
  const type = facts['_estimator_type'];
  const estimator = type === 'classifier' || type === 'regressor' ? type : undefined;
  const { missing } = facts;
  return {
    isWrapper: true,
    estimator,
    classes: classesOf(facts['classes_']),
    ...(typeof missing === 'number' && { missing }),
  };
}

/** The iterations up to the best one of early stopping, if there was any. */
export function bestIterations(learner: Members): number | undefined {
  const best = optionalMembersOf(learner, 'attributes').get('best_iteration');
  const iterations = typeof best === 'string' ? Number(best) + 1 : undefined;
  return iterations !== undefined && Number.isInteger(iterations) && iterations > 0 ? iterations : undefined;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    // Python writes NaN, which JSON does not know.
    return (JSON.parse(text.replaceAll(/: NaN\b/g, ': null')) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function classesOf(value: unknown): readonly Label[] | undefined {
  const isLabel = (label: unknown) => ['string', 'number', 'boolean'].includes(typeof label);
  return Array.isArray(value) && value.every(isLabel) ? (value as Label[]) : undefined;
}
