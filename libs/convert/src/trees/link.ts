import type { GraphBuilder, Value } from '../onnx-writer/index.js';

/** What turns the sums of trees into predictions: the same function as part of a graph, and on rows of `width` numbers. */
export interface Link {
  toOnnx(g: GraphBuilder, raw: Value): Value;
  evaluate(raw: Float64Array, width: number): Float64Array;
}

function elementwise(toOnnx: Link['toOnnx'], evaluate: (raw: number) => number): Link {
  return { toOnnx, evaluate: (raw) => raw.map(evaluate) };
}

export const identity = elementwise(
  (_, raw) => raw,
  (raw) => raw,
);

export const exponential = elementwise((g, raw) => g.exp(raw), Math.exp);

/** log(1 + exp(raw)). */
export const softplus = elementwise(
  (g, raw) => g.log(g.add(g.exp(raw), 1)),
  (raw) => Math.log(1 + Math.exp(raw)),
);

/** raw * |raw|: the inverse of a square root that keeps signs. */
export const signedSquare = elementwise(
  (g, raw) => g.mul(raw, g.abs(raw)),
  (raw) => raw * Math.abs(raw),
);

/** 1 where raw is above 0, else 0. */
export const step = elementwise(
  (g, raw) => g.cast(g.greater(raw, 0), 'double'),
  (raw) => Number(raw > 0),
);

/** 1 / (1 + exp(-slope * raw)). */
export function sigmoid(slope = 1): Link {
  return elementwise(
    (g, raw) => g.sigmoid(slope === 1 ? raw : g.mul(raw, slope)),
    (raw) => 1 / (1 + Math.exp(-slope * raw)),
  );
}

/** Shares of each row that sum to 1. */
export const softmax: Link = { toOnnx: (g, raw) => g.softmax(raw), evaluate: softmaxOfRows };

function softmaxOfRows(raw: Float64Array, width: number): Float64Array {
  const shares = new Float64Array(raw.length);
  for (let start = 0; start < raw.length; start += width) {
    const row = raw.subarray(start, start + width);
    const largest = row.reduce((a, b) => Math.max(a, b));
    const powers = row.map((value) => Math.exp(value - largest));
    const sum = powers.reduce((a, b) => a + b);
    shares.set(
      powers.map((power) => power / sum),
      start,
    );
  }
  return shares;
}
