import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { booleanOf, objectOf, textOf, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import { chainOf } from '../compose/chain.js';
import type { ConversionContext, Transformer } from '../converter.js';
import { vectorOf } from '../fitted-numbers.js';
import { isOlderThan } from '../library-version.js';
import { refuseWhereAny } from '../unchecked-rows.js';
import { matrixTransformer } from './matrix-transformer.js';
import { expm1, log1p } from './near-zero.js';

/** A power of each column that training chose, and then a StandardScaler where it was asked for. */
export function convertPowerTransformer(object: PyObject, context: ConversionContext): Transformer {
  const power = powersOf(object);
  return booleanOf(object, 'standardize') ? chainOf([power, context.transformer(objectOf(object, '_scaler'))]) : power;
}

function powersOf(object: PyObject): Transformer {
  const lambdas = vectorOf(object, 'lambdas_');
  const method = textOf(object, 'method');
  const power = powerOf(method, isOlderThan(object, '1.9')) ?? unsupported(`PowerTransformer with method ${method}`);
  const ofColumns = (formula: Formula) => (g: GraphBuilder, x: Value) =>
    g.concat(Array.from(lambdas, (lambda, i) => formula(g, g.gather(x, [i]), lambda)));
  const forward = ofColumns(power.forward);
  return matrixTransformer({
    inputs: lambdas.length,
    missing: 'passed',
    isPartial: true,
    apply: (g, x) => {
      if (method === 'box-cox') refuseWhereAny(g, g.lessOrEqual(x, 0));
      return forward(g, x);
    },
    inverse: ofColumns(power.backward),
  });
}

type Formula = (g: GraphBuilder, x: Value, lambda: number) => Value;

interface Power {
  readonly forward: Formula;
  readonly backward: Formula;
}

const boxCox: Formula = (g, x, lambda) => powerOfLog(g, g.log(x), lambda);

const fromBoxCox: Formula = (g, y, lambda) =>
  isZero(lambda) ? g.exp(y) : g.exp(g.div(log1p(g, g.mul(y, lambda)), lambda));

/** Box-Cox of x + 1, and mirrored with 2 - lambda below 0. */
const yeoJohnson: Formula = (g, x, lambda) => {
  const above = powerOfLog(g, log1p(g, g.max(x, 0)), lambda);
  const below = g.neg(powerOfLog(g, log1p(g, g.neg(g.min(x, 0))), 2 - lambda));
  return bySign(g, x, above, below);
};

/** The same as releases before 1.9 compute it, who lose digits of small numbers. */
const plainYeoJohnson: Formula = (g, x, lambda) => {
  const above = plainBoxCox(g, g.add(g.max(x, 0), 1), lambda);
  const below = g.neg(plainBoxCox(g, g.sub(1, g.min(x, 0)), 2 - lambda));
  return bySign(g, x, above, below);
};

const fromYeoJohnson: Formula = (g, y, lambda) => {
  const above = g.sub(plainFromBoxCox(g, g.max(y, 0), lambda), 1);
  const below = g.sub(1, plainFromBoxCox(g, g.neg(g.min(y, 0)), 2 - lambda));
  return bySign(g, y, above, below);
};

function powerOf(method: string, isOld: boolean): Power | undefined {
  if (method === 'box-cox') return { forward: boxCox, backward: fromBoxCox };
  if (method !== 'yeo-johnson') return undefined;
  return { forward: isOld ? plainYeoJohnson : yeoJohnson, backward: fromYeoJohnson };
}

/** The power of x less 1, by lambda, of log(x). */
function powerOfLog(g: GraphBuilder, logarithm: Value, lambda: number): Value {
  return isZero(lambda) ? logarithm : g.div(expm1(g, g.mul(logarithm, lambda)), lambda);
}

function plainBoxCox(g: GraphBuilder, x: Value, lambda: number): Value {
  return isZero(lambda) ? g.log(x) : g.div(g.sub(g.pow(x, lambda), 1), lambda);
}

function plainFromBoxCox(g: GraphBuilder, y: Value, lambda: number): Value {
  return isZero(lambda) ? g.exp(y) : g.pow(g.add(g.mul(y, lambda), 1), 1 / lambda);
}

function bySign(g: GraphBuilder, x: Value, above: Value, below: Value): Value {
  return g.where(g.isNaN(x), NaN, g.where(g.greaterOrEqual(x, 0), above, below));
}

function isZero(lambda: number): boolean {
  return Math.abs(lambda) < Number.EPSILON;
}
