import type { GraphBuilder, Value } from '../../onnx-writer/index.js';

/** Basis splines over knots that rise. */
export interface Spline {
  readonly knots: Float64Array;
  readonly degree: number;
  /** How many numbers come of a value: one a basis spline, fewer where some are joined. */
  readonly outputs: number;
  /** The ends of the range that training saw. */
  readonly least: number;
  readonly most: number;
}

/** What the recursion of Cox and de Boor does from one degree to the next: rising parts of a spline, falling ones of its neighbour. */
interface Step {
  readonly starts: Float64Array;
  readonly rises: Float64Array;
  readonly ends: Float64Array;
  readonly falls: Float64Array;
}

/** The values of all basis splines at each row of x [N, 1]; beyond the range, those of its first and last piece. */
export function appendBasis(g: GraphBuilder, x: Value, spline: Spline): Value {
  const { knots, degree } = spline;
  const pieces = knots.length - 2 * degree - 1;
  const inner = knots.slice(degree + 1, degree + pieces);
  const nothing = g.cast(g.less(x, x), 'double');
  const piece = inner.length === 0 ? nothing : g.reduceSum(g.cast(g.greaterOrEqual(x, inner), 'double'));
  let values = g.cast(
    g.equal(
      piece,
      Float64Array.from({ length: pieces }, (_, i) => i),
    ),
    'double',
  );
  for (let of = 1; of <= degree; of++) {
    const { starts, rises, ends, falls } = stepTo(of, spline);
    const own = g.mul(g.div(g.concat([nothing, values]), rises), g.sub(x, starts));
    values = g.add(own, g.mul(g.div(g.concat([values, nothing]), falls), g.sub(ends, x)));
  }
  return values;
}

/** The slopes of all basis splines at an end of the range. */
export function slopesAt(spline: Spline, end: 'least' | 'most'): Float64Array {
  const { degree } = spline;
  const before = lowerBasisAt(spline, end);
  const { rises, falls } = stepTo(degree, spline);
  return rises.map((rise, i) => degree * ((before[i - 1] ?? 0) / rise - (before[i] ?? 0) / falls[i]));
}

/** The basis of one degree less at an end of the range. */
function lowerBasisAt(spline: Spline, end: 'least' | 'most'): number[] {
  const pieces = spline.knots.length - 2 * spline.degree - 1;
  const x = spline[end];
  let values = Array.from({ length: pieces }, (_, i) => Number(i === (end === 'least' ? 0 : pieces - 1)));
  for (let of = 1; of < spline.degree; of++) {
    const { starts, rises, ends, falls } = stepTo(of, spline);
    values = Array.from(starts, (start, i) => {
      const own = ((x - start) / rises[i]) * (values[i - 1] ?? 0);
      return own + ((ends[i] - x) / falls[i]) * (values[i] ?? 0);
    });
  }
  return values;
}

/** Only splines that reach into the range: from the one that ends behind its first knot. */
function stepTo(of: number, { knots, degree }: Spline): Step {
  const count = knots.length - 2 * degree - 1 + of;
  const list = (value: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => value(degree - of + i));
  return {
    starts: list((i) => knots[i]),
    rises: list((i) => knots[i + of] - knots[i]),
    ends: list((i) => knots[i + of + 1]),
    falls: list((i) => knots[i + of + 1] - knots[i + 1]),
  };
}
