import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { booleanOf, objectOf, textOf, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import { chainOf } from '../compose/chain.js';
import type { ConversionContext, Transformer } from '../converter.js';
import { vectorOf } from '../fitted-numbers.js';
import { matrixTransformer } from './matrix-transformer.js';

/** A power of each column that training chose, and then a StandardScaler where it was asked for. */
export function convertPowerTransformer(object: PyObject, context: ConversionContext): Transformer {
  const power = powerOf(object);
  return booleanOf(object, 'standardize') ? chainOf([power, context.transformer(objectOf(object, '_scaler'))]) : power;
}

function powerOf(object: PyObject): Transformer {
  const lambdas = vectorOf(object, 'lambdas_');
  const method = textOf(object, 'method');
  const formula = FORMULAS.get(method) ?? unsupported(`PowerTransformer with method ${method}`);
  const columns = (g: GraphBuilder, x: Value) => {
    const parts = Array.from(lambdas, (lambda, i) => formula(g, g.gather(x, [i]), lambda));
    return g.concat(parts);
  };
  return matrixTransformer({ inputs: lambdas.length, missing: 'passed', apply: columns });
}

type Formula = (g: GraphBuilder, x: Value, lambda: number) => Value;

const FORMULAS: ReadonlyMap<string, Formula> = new Map<string, Formula>([
  ['yeo-johnson', yeoJohnson],
  ['box-cox', boxCox],
]);

function boxCox(g: GraphBuilder, x: Value, lambda: number): Value {
  return Math.abs(lambda) < Number.EPSILON ? g.log(x) : g.div(g.sub(g.pow(x, lambda), 1), lambda);
}

/** Box-Cox of x + 1, and mirrored with 2 - lambda below 0. */
function yeoJohnson(g: GraphBuilder, x: Value, lambda: number): Value {
  const above = boxCox(g, g.add(g.max(x, 0), 1), lambda);
  const below = g.neg(boxCox(g, g.sub(1, g.min(x, 0)), 2 - lambda));
  return g.where(g.isNaN(x), NaN, g.where(g.greaterOrEqual(x, 0), above, below));
}
