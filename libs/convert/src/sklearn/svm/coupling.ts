import type { GraphBuilder, Value } from '../../onnx-writer/index.js';

/** libsvm stops at 100; of a million random matrices none needed more than 4. */
const ITERATIONS = 12;

interface State {
  /** Q [N, classes, classes] of Wu, Lin and Weng. */
  readonly matrix: Value;
  /** p [N, classes]. */
  readonly shares: Value;
}

/** What an iteration of the coupling starts from: Q p [N, classes] and p Q p [N, 1]. */
interface Products {
  readonly rows: Value;
  readonly total: Value;
}

/**
 * Probabilities from those of pairs, by method 2 of Wu, Lin and Weng (2004) as libsvm computes it: it stops long before
 * it is exact, so its steps are repeated one by one. NaN where they do not come to an end.
 */
export function coupled(g: GraphBuilder, pairs: Value, classes: number): Value {
  const matrix = matrixOf(g, pairs, classes);
  const tolerance = 0.005 / classes;
  let shares = g.add(g.mul(g.gather(g.reshape(pairs, [0, classes * classes]), allZero(classes)), 0), 1 / classes);
  for (let i = 0; i < ITERATIONS; i++) {
    const products = productsOf(g, { matrix, shares });
    const next = improved(g, { matrix, shares }, { products, classes });
    shares = g.where(isFar(g, products, tolerance), next, shares);
  }
  return g.where(isFar(g, productsOf(g, { matrix, shares }), tolerance), NaN, shares);
}

const allZero = (classes: number) => Array.from({ length: classes }, () => 0);

/** Q: the sum of squares r[j][t] on the diagonal, -r[j][t] r[t][j] beside it. */
function matrixOf(g: GraphBuilder, pairs: Value, classes: number): Value {
  const turned = g.transpose(pairs, [0, 2, 1]);
  const squares = g.reduceSum(g.mul(turned, turned), { axes: [2] });
  const isDiagonal = Array.from({ length: classes * classes }, (_, i) => Number(i % (classes + 1) === 0));
  return g.sub(g.mul(squares, g.doubles(isDiagonal, [1, classes, classes])), g.mul(turned, pairs));
}

function productsOf(g: GraphBuilder, { matrix, shares }: State): Products {
  const rows = g.reduceSum(g.mul(matrix, g.unsqueeze(shares, 1)), { axes: [2], keepDims: false });
  return { rows, total: g.reduceSum(g.mul(shares, rows)) };
}

function isFar(g: GraphBuilder, { rows, total }: Products, tolerance: number): Value {
  return g.not(g.less(g.reduceMax(g.abs(g.sub(rows, total))), tolerance));
}

/** One round over all classes: each share is moved to where it is best, and all are divided by their new sum. */
function improved(
  g: GraphBuilder,
  { matrix, shares }: State,
  { products, classes }: { readonly products: Products; readonly classes: number },
): Value {
  let { rows, total } = products;
  for (let t = 0; t < classes; t++) {
    const row = g.squeeze(g.gather(matrix, [t]), 1);
    const corner = g.gather(row, [t]);
    const own = g.gather(rows, [t]);
    const step = g.div(g.sub(total, own), corner);
    const sum = g.add(step, 1);
    const change = g.mul(step, g.add(g.mul(step, corner), g.mul(own, 2)));
    total = g.div(g.div(g.add(total, change), sum), sum);
    rows = g.div(g.add(rows, g.mul(step, row)), sum);
    const unit = Float64Array.from({ length: classes }, (_, i) => Number(i === t));
    shares = g.div(g.add(shares, g.mul(step, unit)), sum);
  }
  return shares;
}
