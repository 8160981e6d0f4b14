import {
  arrayOf,
  className,
  doublesOf,
  listOf,
  NdArray,
  numbersOf,
  objectOf,
  optionalArrayOf,
} from '../../pickle/index.js';
import { itemsOf, PyObject, textOf, type PyValue } from '../../pickle/index.js';
import {
  links,
  TreeEnsembleBuilder,
  unreadable,
  unsupported,
  type Link,
  type TreeEnsemble,
} from '../../trees/index.js';
import type { ConversionContext, ModelConverter, TableModel } from '../converter.js';
import { classFactsOf, inputsOf } from '../estimator/index.js';
import { AdditiveModel, type AdditiveFacts } from './additive-model.js';
import { behindPreprocessor } from './category-preprocessor.js';
import { histTree, type KnownCategories } from './hist-tree.js';
import { withByteCategories } from './byte-categories.js';

const LINKS: ReadonlyMap<string, Link> = new Map([
  ['squared_error', links.identity],
  ['least_squares', links.identity],
  ['absolute_error', links.identity],
  ['least_absolute_deviation', links.identity],
  ['quantile', links.identity],
  ['poisson', links.exponential],
  ['gamma', links.exponential],
]);
const CLASSIFICATION_LOSSES = ['log_loss', 'auto', 'binary_crossentropy', 'categorical_crossentropy'];

export const histGradientBoostingRegressor: ModelConverter = (object, context) => {
  const loss = textOf(object, 'loss');
  const link = LINKS.get(loss) ?? unsupported(`${className(object)} with the loss ${loss}`);
  return histModel(object, 1, { task: 'regression', link }, context);
};

export const histGradientBoostingClassifier: ModelConverter = (object, context) => {
  const loss = textOf(object, 'loss');
  if (!CLASSIFICATION_LOSSES.includes(loss)) unsupported(`${className(object)} with the loss ${loss}`);
  const facts = classFactsOf(object);
  const isBinary = facts.classes.length === 2;
  const link = isBinary ? links.sigmoid() : links.softmax;
  return histModel(object, isBinary ? 1 : facts.classes.length, { ...facts, link, classAtZero: 'first' }, context);
};

type Response = Omit<AdditiveFacts, 'baseline' | 'takesMissing'>;

function histModel(object: PyObject, width: number, response: Response, context: ConversionContext): TableModel {
  const baseline = numbersOf(object, '_baseline_prediction');
  if (baseline.length !== width || !baseline.every(Number.isFinite))
    unreadable('the baseline of hist gradient boosting');
  const inputs = inputsOf(object);
  const known = knownCategories(object);
  const trees = iterationsOf(object, { inputs, width, known });
  const model = withByteCategories(
    object,
    new AdditiveModel(trees, { ...response, baseline, takesMissing: true }),
    known,
  );
  return behindPreprocessor(object, model, context);
}

interface Iterations {
  readonly inputs: number;
  readonly width: number;
  readonly known: KnownCategories;
}

function iterationsOf(object: PyObject, { inputs, width, known }: Iterations): TreeEnsemble {
  const builder = new TreeEnsembleBuilder({ inputs, targets: width });
  for (const iteration of listOf(object, '_predictors')) {
    const predictors = itemsOf(iteration);
    if (predictors.length !== width) unreadable('an iteration of hist gradient boosting of another width');
    predictors.forEach((predictor, target) => builder.addTree(histTree(objectIn(predictor), known), target));
  }
  return builder.build();
}

/** For a feature of categories the bin thresholds are the categories themselves. */
function knownCategories(object: PyObject): KnownCategories {
  const isCategorical = optionalArrayOf(object, 'is_categorical_');
  if (!isCategorical) return new Map();
  const thresholds = listOf(objectOf(object, '_bin_mapper'), 'bin_thresholds_');
  const mapped = arrayOf(objectOf(object, '_bin_mapper'), 'is_categorical_');
  const columns = Array.from(doublesOf(mapped), (flag, i) => (flag ? i : -1)).filter((i) => i >= 0);
  return new Map(columns.map((column) => [column, categoriesIn(thresholds[column] ?? null)]));
}

function categoriesIn(thresholds: PyValue): readonly number[] {
  return thresholds instanceof NdArray ? [...doublesOf(thresholds)] : unreadable('categories that are no array');
}

function objectIn(value: PyValue): PyObject {
  return value instanceof PyObject ? value : unreadable('a tree of hist gradient boosting that is no object');
}
