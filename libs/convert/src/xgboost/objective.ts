import { links, unsupported, type Objective } from '../trees/index.js';

/** How an objective reads its sums, and how `base_score` becomes one of them. */
export interface XgboostObjective extends Objective {
  readonly baseMargin: (baseScore: number) => number;
}

const same = (score: number) => score;
// XGBoost computes these in float32.
const logarithm = (score: number) => Math.fround(Math.log(score));
const logit = (score: number) => Math.fround(-Math.log(1 / score - 1));

const VALUE: XgboostObjective = { gives: 'values', link: links.identity, baseMargin: same };
const LOGARITHM: XgboostObjective = { gives: 'values', link: links.exponential, baseMargin: logarithm };
const CLASSES: XgboostObjective = { gives: 'probabilities', link: links.softmax, baseMargin: same };

const OBJECTIVES: ReadonlyMap<string, XgboostObjective> = new Map([
  ['reg:squarederror', VALUE],
  ['reg:linear', VALUE],
  ['reg:squaredlogerror', VALUE],
  ['reg:absoluteerror', VALUE],
  ['reg:pseudohubererror', VALUE],
  ['reg:quantileerror', VALUE],
  ['rank:pairwise', VALUE],
  ['rank:ndcg', VALUE],
  ['rank:map', VALUE],
  ['binary:logitraw', VALUE],
  ['reg:gamma', LOGARITHM],
  ['reg:tweedie', LOGARITHM],
  ['count:poisson', LOGARITHM],
  ['survival:cox', LOGARITHM],
  ['survival:aft', LOGARITHM],
  ['reg:logistic', { gives: 'values', link: links.sigmoid(), baseMargin: logit }],
  ['binary:logistic', { gives: 'probability', link: links.sigmoid(), baseMargin: logit }],
  ['binary:hinge', { gives: 'probability', link: links.step, baseMargin: same }],
  ['multi:softprob', CLASSES],
  ['multi:softmax', CLASSES],
]);

/** The objective by its name in XGBoost; base scores were measured with 1.7, 2.1 and 3.2. */
export function readObjective(name: string): XgboostObjective {
  return OBJECTIVES.get(name) ?? unsupported(`XGBoost's objective ${JSON.stringify(name.slice(0, 40))} is not known`);
}
