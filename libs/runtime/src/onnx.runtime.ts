import { type Prediction, type Rows, ServingError, type Signature, type Wiring } from '@app/core';
import { InferenceSession } from 'onnxruntime-node';
import { feedsOf } from './feeds.js';
import type { ModelRuntime } from './model-runtime.js';
import { type Outputs, predictionsOf } from './predictions.js';

/** A model that ONNX Runtime can score: its graph, and how the signature meets it. */
export interface OnnxModel {
  readonly onnx: Uint8Array;
  readonly signature: Signature;
  readonly wiring: Wiring;
}

// One thread: with more, the order of a sum and so its last digits would depend on the batch.
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
};

/** Has ONNX Runtime set itself up (about 20 ms), so that the first model does not wait for it. */
export async function startEngine(): Promise<void> {
  // It does so for any bytes, and refuses these.
  await InferenceSession.create(new Uint8Array(), OPTIONS).catch(() => undefined);
}

/** Scores rows with ONNX Runtime on the CPU, in the thread that calls it. */
export class OnnxRuntime implements ModelRuntime {
  private constructor(
    private readonly session: InferenceSession,
    private readonly model: Pick<OnnxModel, 'signature' | 'wiring'>,
  ) {}

  /** Loads a model; throws MODEL_NOT_LOADABLE with ONNX Runtime's own reason. A hostile file can crash the native loader: see ModelTrial. */
  static async load({ onnx, signature, wiring }: OnnxModel): Promise<OnnxRuntime> {
    try {
      // A copy, as the bytes may lie in shared memory, which ONNX Runtime does not take.
      const session = await InferenceSession.create(new Uint8Array(onnx), OPTIONS);
      return new OnnxRuntime(session, { signature, wiring });
    } catch (cause) {
      throw new ServingError('malformed', 'MODEL_NOT_LOADABLE', `ONNX Runtime refuses the model: ${reason(cause)}`, {
        cause,
      });
    }
  }

  async predict(rows: Rows): Promise<Prediction[]> {
    const { signature, wiring } = this.model;
    return predictionsOf(signature, wiring, await this.outputsOf(rows), rows.count);
  }

  /** The output tensors for these rows, as the graph gives them. */
  outputsOf(rows: Rows): Promise<Outputs> {
    return this.run(feedsOf(this.model.signature, this.model.wiring, rows));
  }

  release(): Promise<void> {
    return this.session.release();
  }

  private async run(feeds: InferenceSession.FeedsType): Promise<InferenceSession.ReturnType> {
    try {
      return await this.session.run(feeds);
    } catch (cause) {
      throw new ServingError('invalid-input', 'RUN_FAILED', `the model cannot score these features: ${reason(cause)}`, {
        cause,
      });
    }
  }
}

// ONNX Runtime's messages may hold a path of the machine that built it.
function reason(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.replace(/\/\S*\/(?=\S)/g, '').slice(0, 500);
}
