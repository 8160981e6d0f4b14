import type { Feature, Label, Task } from '@app/core';
import type { DescribedModel, EvaluatedOutputs, ModelOutputs } from '../fitted-model.js';
import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import {
  appendResponse,
  evaluateResponse,
  responseOf,
  unreadable,
  unsupported,
  withCodes,
  type CategoryColumns,
  type EstimatorOptions,
  type Response,
} from '../trees/index.js';
import { bestIterations, readWrapperFacts } from './attributes.js';
import { readBaseScores } from './base-scores.js';
import { countOf, membersOf, optionalMembersOf, textOf, type Members } from './document.js';
import { readObjective } from './objective.js';
import { readCategoryColumns } from './category-columns.js';
import { MAX_TREES, readBooster, type Booster } from './read-booster.js';
import { readFeatures } from './read-features.js';
import { readLearner, type Learner } from './read-learner.js';

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
  return new XgboostModel(readLearner(bytes), options);
}

/** An XGBoost model of 1.5 to 3.2; it sums in float32, this in double: 2e-6 apart at most. */
export class XgboostModel implements DescribedModel {
  readonly inputs: number;
  readonly features: readonly Feature[];
  readonly namesFrom: 'file' | 'made-up';
  readonly warnings: readonly string[];
  readonly #booster: Booster;
  readonly #response: Response;
  readonly #margins: Float64Array;
  readonly #missing: number | undefined;
  readonly #categories: CategoryColumns;

  constructor({ model: learner, settings }: Learner, options: XgboostOptions) {
    const parameters = membersOf(learner, 'learner_model_param');
    const facts = readWrapperFacts(learner);
    const objective = readObjective(textOf(membersOf(learner, 'objective'), 'name'));
    const width = widthOf(parameters);
    const iterations = (options.stopsAtBest ?? facts.isWrapper) ? bestIterations(learner) : undefined;
    this.inputs = countOf(parameters, 'num_feature', [1, MAX_FEATURES]);
    const booster = membersOf(learner, 'gradient_booster');
    this.#categories = readCategoryColumns(booster, this.inputs);
    this.features = readFeatures(learner, this.inputs, this.#categories);
    this.namesFrom = this.features.every(({ name }) => /^f\d+$/.test(name)) ? 'made-up' : 'file';
    this.#booster = readBooster(booster, {
      inputs: this.inputs,
      width,
      iterations,
      parallelTrees: parallelTreesOf(settings),
    });
    this.warnings = codeWarnings(this.features, this.#booster.categorical);
    this.#response = responseOf(objective, width, {
      estimator: options.estimator ?? facts.estimator,
      classes: options.classes ?? facts.classes,
    });
    const baseScores = readBaseScores(parameters, width);
    // gblinear starts all outputs from the first of them.
    const starts = booster.get('name') === 'gblinear' ? baseScores.fill(baseScores[0]) : baseScores;
    this.#margins = starts.map(objective.baseMargin);
    if (!this.#margins.every(Number.isFinite)) unreadable('base_score of the XGBoost model does not fit its objective');
    const missing = options.missing ?? facts.missing;
    this.#missing = Number.isNaN(missing) ? undefined : missing;
  }

  get task(): Task {
    return this.#response.task;
  }

  get classes(): readonly Label[] | undefined {
    return this.#response.classes;
  }

  apply(g: GraphBuilder, x: Value): ModelOutputs {
    if (this.#categories.size > 0) {
      const advice = 'Save the model with its named columns, not behind a step that makes an array of them';
      unsupported('the XGBoost model has pandas category columns, which need named columns', advice);
    }
    return this.#applyToCodes(g, x);
  }

  /** What a sparse matrix does not hold is missing. */
  applyToSparse(g: GraphBuilder, x: Value): ModelOutputs {
    return this.apply(g, g.where(g.equal(x, 0), NaN, x));
  }

  applyToColumns(g: GraphBuilder, columns: readonly Value[]): ModelOutputs {
    return this.#applyToCodes(g, withCodes(g, columns, this.#categories));
  }

  #applyToCodes(g: GraphBuilder, x: Value): ModelOutputs {
    const sums = this.#booster.toOnnx(g, this.#prepared(g, x));
    return appendResponse(g, this.#response, g.add(sums, this.#margins));
  }

  evaluate(rows: Float64Array, count: number): EvaluatedOutputs {
    const width = this.#margins.length;
    const sums = this.#booster.evaluate(this.#preparedRows(rows), count);
    const raw = sums.map((sum, i) => sum + this.#margins[i % width]);
    return evaluateResponse(this.#response, raw, width);
  }

  checkRows(count: number, seed = 1): Float64Array {
    return this.#booster.checkRows(count, seed);
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
