import { links, unreadable, unsupported, type Objective } from '../trees/index.js';

const VALUES: readonly string[] = ['regression', 'regression_l1', 'huber', 'fair', 'quantile', 'mape'];
const RANKS: readonly string[] = ['lambdarank', 'rank_xendcg'];
const LOGARITHMS: readonly string[] = ['poisson', 'gamma', 'tweedie'];
const CUSTOM: readonly string[] = ['', 'custom', 'none'];

/** Whether the link is the user's own function, of which the file knows nothing. */
export function isCustom(objective: string): boolean {
  return CUSTOM.includes(nameOf(objective));
}

/** What a line such as `binary sigmoid:1` says about the sums of the trees (ConvertOutput of each objective in LightGBM). */
export function readObjective(objective: string): Objective {
  const name = nameOf(objective);
  if (VALUES.includes(name))
    return { gives: 'values', link: hasSquareRoot(objective) ? links.signedSquare : links.identity };
  if (RANKS.includes(name) || isCustom(objective)) return { gives: 'values', link: links.identity };
  if (LOGARITHMS.includes(name)) return { gives: 'values', link: links.exponential };
  if (name === 'cross_entropy_lambda') return { gives: 'values', link: links.softplus };
  if (name === 'binary') return { gives: 'probability', link: links.sigmoid(slopeOf(objective)) };
  if (name === 'multiclass') return { gives: 'probabilities', link: links.softmax };
  if (name === 'multiclassova') return { gives: 'probabilities', link: links.sigmoid(slopeOf(objective)) };
  return unsupported(`LightGBM's objective ${JSON.stringify(name.slice(0, 40))} is not known`);
}

/** `cross_entropy` gives a probability that is a regressor's value unless a classifier was trained with it. */
export function objectiveFor(objective: string, estimator: 'classifier' | 'regressor' | undefined): Objective {
  if (nameOf(objective) !== 'cross_entropy') return readObjective(objective);
  return { gives: estimator === 'classifier' ? 'probability' : 'values', link: links.sigmoid() };
}

function nameOf(objective: string): string {
  return objective.split(' ')[0];
}

function hasSquareRoot(objective: string): boolean {
  return objective.split(' ').includes('sqrt');
}

function slopeOf(objective: string): number {
  const word = objective.split(' ').find((part) => part.startsWith('sigmoid:'));
  const slope = word === undefined ? 1 : Number(word.slice('sigmoid:'.length));
  return slope > 0 && Number.isFinite(slope)
    ? slope
    : unreadable('the sigmoid of the LightGBM objective is not a number');
}
