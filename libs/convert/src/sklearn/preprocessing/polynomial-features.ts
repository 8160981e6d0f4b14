import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { attribute, booleanOf, itemsOf, optionalIntegerOf, type PyObject } from '../../pickle/index.js';
import { tooComplex, unreadable } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { checkWidth } from '../fitted-numbers.js';
import { matrixTransformer } from './matrix-transformer.js';

const MAX_FACTORS = 200_000;

/** Products of up to `degree` columns, in the order of scikit-learn: by degree, then by column. */
export function convertPolynomialFeatures(object: PyObject): Transformer {
  const inputs = optionalIntegerOf(object, 'n_features_in_') ?? optionalIntegerOf(object, 'n_input_features_');
  if (inputs === undefined) return unreadable('PolynomialFeatures does not say how many features it takes');
  const [lowest, highest] = degreesOf(object);
  const hasBias = booleanOf(object, 'include_bias');
  const products = productsOf(inputs, Math.max(1, lowest), highest, booleanOf(object, 'interaction_only'));
  const outputs = products.reduce((sum, ofDegree) => sum + ofDegree.length, Number(hasBias));
  if (outputs === 0) return unreadable('PolynomialFeatures gives no columns');
  const apply = (g: GraphBuilder, x: Value) => {
    const parts = products.filter(({ length }) => length > 0).map((ofDegree) => productsInGraph(g, x, ofDegree));
    return g.concat(hasBias ? [ones(g, x), ...parts] : parts);
  };
  return matrixTransformer({ inputs, outputs, missing: 'refused', isPartial: highest > 1, apply });
}

/** `degree` is the highest, or a pair of lowest and highest. */
function degreesOf(object: PyObject): readonly [number, number] {
  const degree = attribute(object, 'degree');
  const [lowest, highest] = typeof degree === 'number' ? [0, degree] : itemsOf(degree);
  if (!isCount(lowest) || !isCount(highest)) return unreadable('degree of PolynomialFeatures is no whole number');
  return [lowest, highest];
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The factors of each product, by degree. */
function productsOf(inputs: number, lowest: number, highest: number, distinct: boolean): number[][][] {
  const byDegree: number[][][] = [];
  let products: number[][] = [[]];
  let [count, factors] = [0, 0];
  for (let degree = 1; degree <= highest && products.length > 0; degree++) {
    const starts = products.map((product) => firstFactor(product, distinct));
    const more = starts.reduce((sum, first) => sum + Math.max(0, inputs - first), 0);
    // Counted before they are made: few bytes of a file can ask for very many.
    count = checkWidth(count + more, 'PolynomialFeatures');
    factors += more * degree;
    if (factors > MAX_FACTORS)
      tooComplex(`PolynomialFeatures of more than ${MAX_FACTORS} factors`, 'Use a lower degree');
    products = products.flatMap((product, i) => longerProducts(product, starts[i], inputs));
    if (degree >= lowest) byDegree.push(products);
  }
  return byDegree;
}

function firstFactor(product: readonly number[], distinct: boolean): number {
  const last = product.at(-1);
  return last === undefined ? 0 : last + Number(distinct);
}

function longerProducts(product: readonly number[], first: number, inputs: number): number[][] {
  return Array.from({ length: Math.max(0, inputs - first) }, (_, i) => [...product, first + i]);
}

/** Multiplied from the last factor to the first, as scikit-learn does. */
function productsInGraph(g: GraphBuilder, x: Value, products: readonly number[][]): Value {
  const degree = products[0].length;
  const factors = Array.from({ length: degree }, (_, place) => products.map((product) => product[place]));
  return factors.map((columns) => g.gather(x, columns)).reduceRight((product, factor) => g.mul(factor, product));
}

/** A column of ones, as long as x; infinite values must not make it NaN. */
function ones(g: GraphBuilder, x: Value): Value {
  const first = g.gather(x, [0]);
  return g.where(g.equal(first, first), 1, 1);
}
