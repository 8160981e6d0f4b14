/** Element types of a model's tensors, by their ONNX Runtime names. */
export type TensorType =
  | 'float32'
  | 'float64'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool'
  | 'string';

/** An input tensor of shape [N, features.length] (or [N] where `rank` is 1) and the features, by index, that fill its columns. */
export interface InputTensor {
  readonly name: string;
  readonly type: TensorType;
  readonly rank: 1 | 2;
  readonly features: readonly number[];
}

/**
 * Which output tensor plays which part. `score` [N, K] or [N]; `probabilities` [N, C]; `decision` [N, C], [N, 1] or [N];
 * `label` [N]. Where `labelIsIndex`, a label is an index into the signature's classes, else it is the class itself.
 */
export interface OutputTensors {
  readonly score?: string;
  readonly probabilities?: string;
  readonly decision?: string;
  readonly label?: string;
  readonly labelIsIndex: boolean;
}

/** How the features of a signature and the parts of a prediction meet the tensors of an ONNX graph. */
export interface Wiring {
  readonly inputs: readonly InputTensor[];
  readonly outputs: OutputTensors;
}

/**
 * Encoded rows, in signature order and row-major: feature f of row r stands at [r * width + f], in `numbers`
 * (doubles; integers and booleans included; NaN for a missing value) or, for a text feature, in `texts`.
 */
export interface Rows {
  readonly count: number;
  readonly width: number;
  readonly numbers: Float64Array;
  /** Empty where the signature has no text feature. */
  readonly texts: readonly string[];
}

/** How a missing text reaches a graph: ONNX strings have no null. No request may send this text itself. */
export const MISSING_TEXT = '\uE000missing';
