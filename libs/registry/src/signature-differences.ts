import { type Feature, type FeatureProblem, ServingError, type Signature } from '@app/core';

const LONGEST_LINE = 2000;

/** What callers of one signature would have to change for another: features that come, go, or take another kind of value. */
export function signatureDifferences(live: Signature, next: Signature): FeatureProblem[] {
  const wanted = new Map(next.features.map((feature) => [feature.name, feature]));
  const known = new Set(live.features.map(({ name }) => name));
  const changed = live.features.flatMap((feature) => difference(feature, wanted.get(feature.name)));
  const added = next.features.filter(({ name }) => !known.has(name));
  return [...changed, ...added.map(({ name, type }) => ({ feature: name, problem: 'is new', expected: type }))];
}

/** Throws SIGNATURE_CHANGES with every difference, where there is one. */
export function refuseDifferences(live: Signature, next: Signature, what: string): void {
  const problems = signatureDifferences(live, next);
  if (problems.length === 0) return;
  const message = `${what} takes other features than the live version: ${inWords(problems)}; its callers would be refused: add ?allow_signature_change=true to do it nevertheless`;
  throw new ServingError('conflict', 'SIGNATURE_CHANGES', message, { problems });
}

/** Differences in one line. */
export function inWords(differences: readonly FeatureProblem[]): string {
  const all = differences.map(({ feature, problem }) => `${JSON.stringify(feature)} ${problem}`);
  return all.join('; ').slice(0, LONGEST_LINE);
}

function difference(live: Feature, next: Feature | undefined): FeatureProblem[] {
  const { name: feature, type } = live;
  if (!next) return [{ feature, problem: 'is gone', expected: 'no such feature' }];
  if (kindOf(live) === kindOf(next)) return [];
  return [{ feature, problem: `was ${type} and is ${next.type}`, expected: next.type }];
}

// Both are numbers to a caller; which of them may be whole is what the model file happens to say.
function kindOf({ type }: Feature): string {
  return type === 'integer' ? 'double' : type;
}
