import type { InferenceSession, Tensor } from 'onnxruntime-node';
// The package's own front door defers every run to a later turn of the event loop: beside a row that takes 10 µs, that
// costs 4 µs and lets the next requests miss the batch. The file is the same in the pinned version (docs/decisions/0015).
import { binding, initOrt } from 'onnxruntime-node/dist/binding.js';

// One thread: with more, the order of a sum and so its last digits would depend on the batch.
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
};

/** Input or output tensors of a run, by name. */
export type Tensors = Record<string, Tensor>;

/** A session of ONNX Runtime's native engine, which runs at once and in the thread that calls it. */
export class NativeSession {
  private readonly session: InstanceType<typeof binding.InferenceSession>;
  private readonly fetches: Record<string, null>;
  private isDisposed = false;

  /** Opens a model for some of its outputs; throws ONNX Runtime's own error for one that it cannot open. */
  constructor(onnx: Uint8Array<ArrayBuffer>, outputs: readonly string[]) {
    initOrt();
    this.session = new binding.InferenceSession();
    this.session.loadModel(onnx.buffer, onnx.byteOffset, onnx.byteLength, OPTIONS);
    this.fetches = Object.fromEntries(outputs.map((name) => [name, null]));
  }

  /** The output tensors for some inputs; throws ONNX Runtime's own error where it cannot compute them. */
  run(feeds: Tensors): Tensors {
    return this.session.run(feeds, this.fetches, {}) as Tensors;
  }

  /** Frees its memory. */
  dispose(): void {
    if (!this.isDisposed) this.session.dispose();
    this.isDisposed = true;
  }
}
