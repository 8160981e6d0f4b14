import type { Feature, Label, Task } from '@app/core';
import type { DescribedModel, EvaluatedOutputs, ModelOutputs } from '../fitted-model.js';
import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { appendResponse, evaluateResponse, responseOf, thresholdRows, unsupported, withCodes } from '../trees/index.js';
import type { CategoryColumns, EstimatorOptions, Response } from '../trees/index.js';
import { readCategoryColumns } from './category-columns.js';
import { splitModelText, type ModelText } from './model-text.js';
import { isCustom, objectiveFor } from './objective.js';
import { preparedInput, preparedRows } from './prepared-input.js';
import { areFillers, readFeatures } from './read-features.js';
import { readTrees, type LightgbmTrees } from './read-trees.js';

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
export class LightgbmModel implements DescribedModel {
  readonly inputs: number;
  readonly features: readonly Feature[];
  readonly namesFrom: 'file' | 'made-up';
  readonly warnings: readonly string[];
  readonly #trees: LightgbmTrees;
  readonly #response: Response;
  readonly #categories: CategoryColumns;

  constructor(text: ModelText, options: LightgbmOptions) {
    const objective = text.header.get('objective') ?? '';
    this.inputs = text.featureCount;
    this.#categories = readCategoryColumns(text);
    this.features = readFeatures(text, this.#categories);
    this.namesFrom = areFillers(this.features) ? 'made-up' : 'file';
    this.#trees = readTrees(text, options.bestIteration ?? 0);
    this.#response = responseOf(objectiveFor(objective, options.estimator), text.treesPerIteration, options);
    this.warnings = isCustom(objective)
      ? ['The model has an objective of its own: its score is the raw sum of the trees.']
      : [];
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
      unsupported('the LightGBM model has pandas category columns, which need named columns', advice);
    }
    return this.#applyToCodes(g, x);
  }

  applyToColumns(g: GraphBuilder, columns: readonly Value[]): ModelOutputs {
    return this.#applyToCodes(g, withCodes(g, columns, this.#categories));
  }

  /** Of rows whose category columns hold codes. */
  evaluate(rows: Float64Array, count: number): EvaluatedOutputs {
    const { ensemble, linear } = this.#trees;
    const prepared = preparedRows(rows, { inputs: this.inputs, roles: this.#trees.roles });
    const raw = linear?.evaluate(rows, prepared, count) ?? ensemble.evaluate(prepared, count, this.inputs);
    return evaluateResponse(this.#response, raw, ensemble.width);
  }

  checkRows(count: number, seed = 1): Float64Array {
    return thresholdRows(this.#trees.ensemble, { count, seed });
  }

  #applyToCodes(g: GraphBuilder, x: Value): ModelOutputs {
    const { ensemble, linear, roles } = this.#trees;
    const prepared = preparedInput(g, x, { inputs: this.inputs, roles });
    const raw = linear ? linear.toOnnx(g, x, prepared) : ensemble.toOnnx(g, prepared);
    return appendResponse(g, this.#response, raw);
  }
}
