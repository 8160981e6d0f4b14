import type { Feature, Label, Task } from '@app/core';
import type { DescribedModel, EvaluatedOutputs, ModelOutputs } from '../fitted-model.js';
import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { withCodes, type CategoryColumns } from './categories.js';
import { unsupported } from './refusals.js';
import { appendResponse, evaluateResponse, type Response } from './response.js';

/** A booster as data: its trees give sums, its objective makes outputs of them. X holds codes in category columns. */
export abstract class BoostedModel implements DescribedModel {
  abstract readonly inputs: number;
  abstract readonly features: readonly Feature[];
  abstract readonly namesFrom: 'file' | 'made-up';
  abstract readonly warnings: readonly string[];

  protected constructor(
    private readonly library: string,
    private readonly response: Response,
    readonly categories: CategoryColumns,
  ) {}

  get task(): Task {
    return this.response.task;
  }

  get classes(): readonly Label[] | undefined {
    return this.response.classes;
  }

  apply(g: GraphBuilder, x: Value): ModelOutputs {
    if (this.categories.size > 0) {
      const advice = 'Save the model with its named columns, not behind a step that makes an array of them';
      unsupported(`the ${this.library} model has pandas category columns, which need named columns`, advice);
    }
    return this.#applyToCodes(g, x);
  }

  applyToColumns(g: GraphBuilder, columns: readonly Value[]): ModelOutputs {
    return this.#applyToCodes(g, withCodes(g, columns, this.categories));
  }

  /** Of rows whose category columns hold codes. */
  evaluate(rows: Float64Array, count: number): EvaluatedOutputs {
    const sums = this.evaluateSums(rows, count);
    return evaluateResponse(this.response, sums, sums.length / count);
  }

  abstract checkRows(count: number, seed?: number): Float64Array;

  /** Adds the sums of the trees to a graph, [N, outputs]. */
  protected abstract sums(g: GraphBuilder, x: Value): Value;

  /** The same on numbers. */
  protected abstract evaluateSums(rows: Float64Array, count: number): Float64Array;

  #applyToCodes(g: GraphBuilder, x: Value): ModelOutputs {
    return appendResponse(g, this.response, this.sums(g, x));
  }
}
