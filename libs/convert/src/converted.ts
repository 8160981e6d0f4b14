import type { Rows, Signature, Wiring } from '@app/core';

/** A format that the room knows by its bytes. */
export type ModelFormat = 'onnx' | 'pickle' | 'joblib' | 'lightgbm' | 'xgboost';

/** What the file turned out to be. */
export interface Understood {
  readonly format: ModelFormat;
  /** The model's class in its library, or the operator that does the work in an ONNX graph. */
  readonly class: string;
  readonly library: string;
  readonly libraryVersion?: string;
  /** Anything else worth showing, by name (ONNX: the operator sets). */
  readonly details?: Readonly<Record<string, string | number>>;
}

/** Rows and the scores that an independent evaluator of the source model gives; whoever loads the ONNX must reproduce them. */
export interface SelfCheck {
  readonly rows: Rows;
  /** Row-major, `outputsPerRow` a row. */
  readonly expected: Float64Array;
  readonly outputsPerRow: number;
  readonly relativeTolerance: number;
}

/** What a conversion gives. All plain data: it crosses a worker's border. */
export interface Converted {
  readonly onnx: Uint8Array;
  readonly signature: Signature;
  readonly wiring: Wiring;
  /** 'file' where the file itself names its features, 'made-up' (x0, x1, … or a library's fillers) otherwise. */
  readonly namesFrom: 'file' | 'made-up';
  readonly understood: Understood;
  readonly warnings: readonly string[];
  /** Absent for .onnx: there is no source model to compare with. */
  readonly check?: SelfCheck;
}

/** Turns the bytes of one format into ONNX and a signature, or throws ConversionRefused. */
export type Converter = (bytes: Uint8Array) => Converted;
