import type { GraphBuilder, Value } from '../../onnx-writer/index.js';

/** Coefficients of two polynomials, the highest power first. */
interface Quotient {
  readonly above: readonly number[];
  readonly below: readonly number[];
}

// Wichura (1988), "The percentage points of the normal distribution", algorithm AS 241: 1e-16 relatively.
const CENTRE_HALF_WIDTH = 0.425;
const CENTRE: Quotient = {
  above: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  below: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1.0,
  ],
};
const TAIL_SHIFT = 1.6;
const TAIL: Quotient = {
  above: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  below: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1.0,
  ],
};

/** Where a standard normal variable stays below with probability p, for p from 2e-11 to 1 - 2e-11. */
export function normalQuantile(g: GraphBuilder, p: Value): Value {
  const offset = g.sub(p, 0.5);
  const isCentral = g.lessOrEqual(g.abs(offset), CENTRE_HALF_WIDTH);
  const inner = g.sub(CENTRE_HALF_WIDTH ** 2, g.mul(offset, offset));
  const central = g.mul(quotient(g, inner, CENTRE), offset);
  const distance = g.sqrt(g.neg(g.log(g.min(p, g.sub(1, p)))));
  const tail = g.mul(quotient(g, g.sub(distance, TAIL_SHIFT), TAIL), g.sign(offset));
  return g.where(isCentral, central, tail);
}

function quotient(g: GraphBuilder, x: Value, { above, below }: Quotient): Value {
  return g.div(polynomial(g, x, above), polynomial(g, x, below));
}

function polynomial(g: GraphBuilder, x: Value, [highest, ...rest]: readonly number[]): Value {
  const start = g.add(g.mul(x, highest), rest[0]);
  return rest.slice(1).reduce((sum, coefficient) => g.add(g.mul(sum, x), coefficient), start);
}
