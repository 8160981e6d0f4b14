import type { Feature } from '@app/core';
import type { ModelOutputs } from '../fitted-model.js';
import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { BoostedModel, responseOf, unreadable, type EstimatorOptions } from '../trees/index.js';
import { bestIterations, readWrapperFacts } from './attributes.js';
import { readBaseScores } from './base-scores.js';
import { countOf, membersOf, optionalMembersOf, textOf, type Members } from './document.js';
import { readObjective } from './objective.js';
import { readCategoryColumns } from './category-columns.js';
import { MAX_TREES, readBooster, type Booster } from './read-booster.js';
import { readFeatures } from './read-features.js';
import { newerReleaseWarnings } from './newer-release.js';
import { readFile, type XgboostFile } from './read-file.js';

/** What is known about a model beside its bytes. */
export interface XgboostOptions extends EstimatorOptions {
  /** Whether predictions stop at the best iteration, as those of the scikit-learn wrapper do; as the file says unless given. */
  readonly stopsAtBest?: boolean;
  /** A number that counts as missing, as NaN does (`missing` of the wrapper). */
  readonly missing?: number;
}

const MAX_FEATURES = 100_000;
const MAX_OUTPUTS = 1_000;

/** Reads XGBoost's JSON or UBJSON, as `save_model` writes it and pickles hold it. Throws `ConversionRefused`. */
export function readXgboost(bytes: Uint8Array, options: XgboostOptions = {}): XgboostModel {
  return new XgboostModel(readFile(bytes), options);
}

/** An XGBoost model of 1.5 to 3.2; it sums in float32, this in double: 2e-6 apart at most. */
export class XgboostModel extends BoostedModel {
  readonly inputs: number;
  readonly features: readonly Feature[];
  readonly namesFrom: 'file' | 'made-up';
  readonly warnings: readonly string[];
  readonly #booster: Booster;
  readonly #margins: Float64Array;
  readonly #missing: number | undefined;

  constructor(file: XgboostFile, options: XgboostOptions) {
    const { learner, settings } = file;
    const parameters = membersOf(learner, 'learner_model_param');
    const facts = readWrapperFacts(learner);
    const objective = readObjective(textOf(membersOf(learner, 'objective'), 'name'));
    const width = widthOf(parameters);
    const inputs = countOf(parameters, 'num_feature', [1, MAX_FEATURES]);
    const booster = membersOf(learner, 'gradient_booster');
    const categories = readCategoryColumns(booster, inputs);
    const response = responseOf(objective, width, {
      estimator: options.estimator ?? facts.estimator,
      classes: options.classes ?? facts.classes,
    });
    super('XGBoost', response, categories);
    const iterations = (options.stopsAtBest ?? facts.isWrapper) ? bestIterations(learner) : undefined;
    this.inputs = inputs;
    this.features = readFeatures(learner, inputs, categories);
    this.namesFrom = this.features.every(({ name }) => /^f\d+$/.test(name)) ? 'made-up' : 'file';
    this.#booster = readBooster(booster, { inputs, width, iterations, parallelTrees: parallelTreesOf(settings) });
    this.warnings = [...newerReleaseWarnings(file), ...codeWarnings(this.features, this.#booster.categorical)];
    const baseScores = readBaseScores(parameters, width);
    // gblinear starts all outputs from the first of them.
    const starts = booster.get('name') === 'gblinear' ? baseScores.fill(baseScores[0]) : baseScores;
    this.#margins = starts.map(objective.baseMargin);
    if (!this.#margins.every(Number.isFinite)) unreadable('base_score of the XGBoost model does not fit its objective');
    const missing = options.missing ?? facts.missing;
    this.#missing = Number.isNaN(missing) ? undefined : missing;
  }

  checkRows(count: number, seed = 1): Float64Array {
    return this.#booster.checkRows(count, seed);
  }

  /** What a sparse matrix does not hold is missing. */
  applyToSparse(g: GraphBuilder, x: Value): ModelOutputs {
    return this.apply(g, g.where(g.equal(x, 0), NaN, x));
  }

  protected sums(g: GraphBuilder, x: Value): Value {
    return g.add(this.#booster.toOnnx(g, this.#prepared(g, x)), this.#margins);
  }

  protected evaluateSums(rows: Float64Array, count: number): Float64Array {
    const sums = this.#booster.evaluate(this.#preparedRows(rows), count);
    return sums.map((sum, i) => sum + this.#margins[i % this.#margins.length]);
  }

  /** X in float32 precision, what counts as missing made NaN, categories cut to whole numbers. */
  #prepared(g: GraphBuilder, x: Value): Value {
    const { categorical } = this.#booster;
    const rounded = g.roundToFloat32(x);
    const missing = this.#missing;
    const present = missing === undefined ? rounded : g.where(g.equal(rounded, Math.fround(missing)), NaN, rounded);
    if (categorical.size === 0) return present;
    const mask = g.bools(Array.from({ length: this.inputs }, (_, i) => categorical.has(i)));
    // floor, not trunc: -0.5 is no category in XGBoost.
    return g.where(mask, g.floor(present), present);
  }

  #preparedRows(rows: Float64Array): Float64Array {
    const missing = this.#missing === undefined ? NaN : Math.fround(this.#missing);
    return rows.map((value, i) => {
      const rounded = Math.fround(value);
      if (rounded === missing) return NaN;
      return this.#booster.categorical.has(i % this.inputs) ? Math.floor(rounded) : rounded;
    });
  }
}

function codeWarnings(features: readonly Feature[], categorical: ReadonlySet<number>): readonly string[] {
  const names = features.filter(({ categories }, i) => categorical.has(i) && !categories).map(({ name }) => name);
  return names.length === 0
    ? []
    : [`The model takes codes of categories, as training numbered them, for: ${names.join(', ')}.`];
}

/** `num_parallel_tree` as it was set for training; 1 where the file does not keep that. */
function parallelTreesOf(settings: Members): number {
  const booster = optionalMembersOf(settings, 'gradient_booster');
  const trees = booster.has('gbtree') ? optionalMembersOf(booster, 'gbtree') : booster;
  return countOf(optionalMembersOf(trees, 'gbtree_train_param'), 'num_parallel_tree', [1, MAX_TREES]);
}

/** One output a class or a target. */
function widthOf(parameters: Members): number {
  const classes = countOf(parameters, 'num_class', [1, MAX_OUTPUTS]);
  const targets = countOf(parameters, 'num_target', [1, MAX_OUTPUTS]);
  if (classes > 1 && targets > 1) unreadable('the XGBoost model has several classes and several targets');
  return Math.max(classes, targets);
}
