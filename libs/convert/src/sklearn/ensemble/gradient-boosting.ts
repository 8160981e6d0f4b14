import { arrayOf, className, numberOf, numbersOf, PyObject, textOf } from '../../pickle/index.js';
import { links, TreeEnsembleBuilder, unreadable, unsupported, type TreeEnsemble } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { classFactsOf, inputsOf, objectsOf } from '../estimator/index.js';
import { isOlderThan } from '../library-version.js';
import { readTree, regressionLeaf, treeSource } from '../tree/index.js';
import { AdditiveModel, type AdditiveFacts } from './additive-model.js';
import { startOfProbabilities } from './prior.js';

const REGRESSION_LOSSES = ['squared_error', 'ls', 'absolute_error', 'lad', 'huber', 'quantile'];

export const gradientBoostingRegressor: ModelConverter = (object) => {
  const loss = textOf(object, 'loss');
  if (!REGRESSION_LOSSES.includes(loss)) unsupported(`${className(object)} with the loss ${loss}`);
  return new AdditiveModel(stagesOf(object, 1), {
    task: 'regression',
    takesMissing: false,
    baseline: startOf(object, 1, { dummy: 'sklearn.dummy.DummyRegressor', of: (init) => numbersOf(init, 'constant_') }),
    link: links.identity,
  });
};

export const gradientBoostingClassifier: ModelConverter = (object) => {
  const facts = classFactsOf(object);
  const isBinary = facts.classes.length === 2;
  const width = isBinary ? 1 : facts.classes.length;
  return new AdditiveModel(stagesOf(object, width), {
    ...facts,
    takesMissing: false,
    baseline: startOf(object, width, {
      dummy: 'sklearn.dummy.DummyClassifier',
      of: (init) => startOfProbabilities(object, init, isBinary),
    }),
    ...(isBinary ? responseOfTwo(object) : { link: links.softmax }),
  });
};

function responseOfTwo(object: PyObject): Pick<AdditiveFacts, 'link' | 'classAtZero'> {
  const loss = textOf(object, 'loss');
  if (loss === 'exponential') return { link: links.sigmoid(2), classAtZero: 'second' };
  if (loss !== 'log_loss' && loss !== 'deviance') unsupported(`${className(object)} with the loss ${loss}`);
  // Until 1.3 the label was that of the larger probability, the first of equal ones.
  return { link: links.sigmoid(), classAtZero: isOlderThan(object, '1.4') ? 'first' : 'second' };
}

/** The trees of each stage, one a target, with the learning rate in their leaves. */
function stagesOf(object: PyObject, width: number): TreeEnsemble {
  const { shape } = arrayOf(object, 'estimators_');
  if (shape.length !== 2 || shape[1] !== width) unreadable(`${className(object)} with stages of another width`);
  const rate = numberOf(object, 'learning_rate');
  const builder = new TreeEnsembleBuilder({ inputs: inputsOf(object), targets: width, inputPrecision: 'float32' });
  objectsOf(object, 'estimators_').forEach((estimator, i) => {
    const tree = readTree(estimator);
    if (tree.outputs !== 1) unreadable('a stage of gradient boosting with several targets');
    const valueOf = regressionLeaf(tree);
    builder.addTree(
      treeSource(tree, (node) => valueOf(node).map((value) => rate * value)),
      i % width,
    );
  });
  return builder.build();
}

interface Start {
  readonly dummy: string;
  readonly of: (init: PyObject) => Float64Array;
}

/** What the sums start from: 0, or what the initial estimator predicts for all rows alike. */
function startOf(object: PyObject, width: number, { dummy, of }: Start): Float64Array {
  const init = object.get('init_') ?? null;
  if (init === 'zero') return new Float64Array(width);
  if (!(init instanceof PyObject) || className(init) !== dummy) {
    const advice = `Train it with init='zero', with a ${dummy.split('.').at(-1)}, or without`;
    return unsupported(`${className(object)} that starts from ${className(init)}`, advice);
  }
  const start = of(init);
  return start.length === width && start.every(Number.isFinite) ? start : unreadable('the start of gradient boosting');
}
