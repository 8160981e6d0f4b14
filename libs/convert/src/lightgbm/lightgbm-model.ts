import type { Feature } from '@app/core';
import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { BoostedModel, responseOf, thresholdRows, type EstimatorOptions } from '../trees/index.js';
import { readCategoryColumns } from './category-columns.js';
import { splitModelText, type ModelText } from './model-text.js';
import { isCustom, objectiveFor } from './objective.js';
import { preparedInput, preparedRows } from './prepared-input.js';
import { areFillers, readFeatures } from './read-features.js';
import { readTrees, type LightgbmTrees } from './read-trees.js';

const OWN_OBJECTIVE = 'The model has an objective of its own: its score is the raw sum of the trees.';

/** What is known about a model beside its text. */
export interface LightgbmOptions extends EstimatorOptions {
  /** `best_iteration` of a pickled Booster: it predicts with that many iterations, though its text holds all. */
  readonly bestIteration?: number;
}

/** Reads LightGBM's text format, as `save_model` writes it and pickles hold it. Throws `ConversionRefused`. */
export function readLightgbm(text: string, options: LightgbmOptions = {}): LightgbmModel {
  return new LightgbmModel(splitModelText(text), options);
}

/** A LightGBM model of text version v3 or v4. */
export class LightgbmModel extends BoostedModel {
  readonly inputs: number;
  readonly features: readonly Feature[];
  readonly namesFrom: 'file' | 'made-up';
  readonly warnings: readonly string[];
  readonly #trees: LightgbmTrees;

  constructor(text: ModelText, options: LightgbmOptions) {
    const objective = text.header.get('objective') ?? '';
    const { categories, warnings } = readCategoryColumns(text);
    const trees = readTrees(text, options.bestIteration ?? 0);
    const response = responseOf(objectiveFor(objective, options.estimator), text.treesPerIteration, options);
    super('LightGBM', response, categories);
    this.inputs = text.featureCount;
    this.features = readFeatures(text, categories);
    this.namesFrom = areFillers(this.features) ? 'made-up' : 'file';
    this.#trees = trees;
    this.warnings = [...text.warnings, ...warnings, ...(isCustom(objective) ? [OWN_OBJECTIVE] : [])];
  }

  checkRows(count: number, seed = 1): Float64Array {
    return thresholdRows(this.#trees.ensemble, { count, seed });
  }

  protected sums(g: GraphBuilder, x: Value): Value {
    const { ensemble, linear, roles } = this.#trees;
    const prepared = preparedInput(g, x, { inputs: this.inputs, roles });
    return linear ? linear.toOnnx(g, x, prepared) : ensemble.toOnnx(g, prepared);
  }

  protected evaluateSums(rows: Float64Array, count: number): Float64Array {
    const { ensemble, linear, roles } = this.#trees;
    const prepared = preparedRows(rows, { inputs: this.inputs, roles });
    return linear?.evaluate(rows, prepared, count) ?? ensemble.evaluate(prepared, count, this.inputs);
  }
}
