import type { GraphBuilder, Value } from '../../onnx-writer/index.js';

const LARGE = 0.7;

/** log(1 + x) with all digits where x is near 0: what adding 1 cut off is put back as a factor (Kahan). */
export function log1p(g: GraphBuilder, x: Value): Value {
  const sum = g.add(x, 1);
  const kept = g.sub(sum, 1);
  const restored = g.mul(g.log(sum), g.div(x, g.where(g.equal(kept, 0), 1, kept)));
  return g.where(g.greater(g.abs(x), LARGE), g.log(sum), g.where(g.equal(kept, 0), x, restored));
}

/** exp(x) - 1 with all digits where x is near 0, in the same way. */
export function expm1(g: GraphBuilder, x: Value): Value {
  const power = g.exp(x);
  const rest = g.sub(power, 1);
  const kept = g.log(power);
  const restored = g.mul(rest, g.div(x, g.where(g.equal(kept, 0), 1, kept)));
  return g.where(g.greater(g.abs(x), LARGE), rest, g.where(g.equal(kept, 0), x, restored));
}
