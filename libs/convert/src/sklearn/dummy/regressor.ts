import { numbersOf, textOf } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { constantRows } from '../estimator/index.js';
import { dummyInputs } from './dummy-inputs.js';

const STRATEGIES = ['mean', 'median', 'quantile', 'constant'];

/** The same numbers for all rows. */
export const dummyRegressor: ModelConverter = (object, context) => {
  const strategy = textOf(object, 'strategy');
  if (!STRATEGIES.includes(strategy)) unsupported(`DummyRegressor with the strategy ${strategy}`);
  const constant = numbersOf(object, 'constant_');
  if (!constant.every(Number.isFinite)) unreadable('the constant of DummyRegressor is not finite');
  return {
    inputs: dummyInputs(object, context),
    task: 'regression',
    takesMissing: true,
    targets: constant.length,
    apply: (g, x) => ({ score: constantRows(g, x, constant) }),
  };
};
