import type { FeatureProblem, Rows, ServingErrorKind } from '@app/core';
import type { OnnxModel } from './onnx.runtime.js';
import type { Outputs } from './predictions.js';

/** What a scoring thread is told; it does one thing after the other. Models are known by number. */
export type ThreadOrder =
  | { readonly open: number; readonly model: OnnxModel }
  | { readonly score: number; readonly rows?: Rows; readonly taken?: Int32Array<SharedArrayBuffer> }
  | { readonly close: number }
  | { readonly stop: true };

/** What it answers to every `score`: plain data, as errors lose their class between threads. */
export type ThreadAnswer = Scored | { readonly refused: Refusal } | { readonly failed: { readonly message: string } };

/** What was scored: all rows, or the slices that the thread has taken, the last one first; nothing where a model was only opened. */
export interface Scored {
  readonly parts: readonly ScoredPart[];
  /** What the thread needed for them. */
  readonly ms: number;
}

/** The output tensors of so many rows. */
export interface ScoredPart {
  readonly outputs: Outputs;
  readonly count: number;
}

/** A ServingError as plain data. */
export interface Refusal {
  readonly kind: ServingErrorKind;
  readonly code: string;
  readonly message: string;
  readonly problems: readonly FeatureProblem[];
}
