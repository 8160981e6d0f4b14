import { type Prediction, type Rows, ServingError, type Signature, type Wiring } from '@app/core';
import { feedsOf } from './feeds.js';
import type { ModelRuntime } from './model-runtime.js';
import { NativeSession, type Tensors } from './native-session.js';
import { type Outputs, predictionsOf } from './predictions.js';

/** A model that ONNX Runtime can score: its graph, and how the signature meets it. */
export interface OnnxModel {
  readonly onnx: Uint8Array;
  readonly signature: Signature;
  readonly wiring: Wiring;
}

/** Has ONNX Runtime set itself up (about 20 ms), so that the first model does not wait for it. */
export function startEngine(): void {
  try {
    // It does so for any bytes, and refuses these.
    new NativeSession(new Uint8Array(), []);
  } catch {
    // As it should.
  }
}

/** Scores rows with ONNX Runtime on the CPU, in the thread that calls it. */
export class OnnxRuntime implements ModelRuntime {
  private constructor(
    private readonly session: NativeSession,
    private readonly model: Pick<OnnxModel, 'signature' | 'wiring'>,
  ) {}

  /** Loads a model; throws MODEL_NOT_LOADABLE with ONNX Runtime's own reason. A hostile file can crash the native loader: see ModelTrial. */
  static async load({ onnx, signature, wiring }: OnnxModel): Promise<OnnxRuntime> {
    try {
      // A copy, as the bytes may lie in shared memory, which ONNX Runtime does not take.
      const session = new NativeSession(new Uint8Array(onnx), outputNames(wiring));
      return new OnnxRuntime(session, { signature, wiring });
    } catch (cause) {
      throw new ServingError('malformed', 'MODEL_NOT_LOADABLE', `ONNX Runtime refuses the model: ${reason(cause)}`, {
        cause,
      });
    }
  }

  async predict(rows: Rows): Promise<Prediction[]> {
    return this.score(rows);
  }

  /** One prediction a row, at once; throws a ServingError where a row cannot be scored. */
  score(rows: Rows): Prediction[] {
    const { signature, wiring } = this.model;
    return predictionsOf(signature, wiring, this.outputsOf(rows), rows.count);
  }

  /** The output tensors for these rows, as the graph gives them. */
  outputsOf(rows: Rows): Outputs {
    return this.run(feedsOf(this.model.signature, this.model.wiring, rows));
  }

  async release(): Promise<void> {
    this.session.dispose();
  }

  private run(feeds: Tensors): Tensors {
    try {
      return this.session.run(feeds);
    } catch (cause) {
      throw new ServingError('invalid-input', 'RUN_FAILED', `the model cannot score these features: ${reason(cause)}`, {
        cause,
      });
    }
  }
}

function outputNames({ outputs: { score, probabilities, decision, label } }: Wiring): string[] {
  return [score, probabilities, decision, label].filter((name) => name !== undefined);
}

// ONNX Runtime's messages may hold a path of the machine that built it.
function reason(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.replace(/\/\S*\/(?=\S)/g, '').slice(0, 500);
}
