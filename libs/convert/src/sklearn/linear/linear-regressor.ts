import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, numberOf, optionalTextOf, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import type { TableModel } from '../converter.js';
import { linear, linearTermsOf, type LinearTerms } from './linear-terms.js';

type Link = (g: GraphBuilder, raw: Value) => Value;

const exponential: Link = (g, raw) => g.exp(raw);
const identity: Link = (_, raw) => raw;

/** x · coef_ + intercept_. */
export function convertLinearRegressor(object: PyObject): TableModel {
  return linearModel(object, identity);
}

/** The exponential of a linear model (Poisson, gamma). */
export function convertLogLinearRegressor(object: PyObject): TableModel {
  return linearModel(object, exponential);
}

/** Tweedie: the link follows from the power unless it is named. */
export function convertTweedieRegressor(object: PyObject): TableModel {
  const link = optionalTextOf(object, 'link') ?? 'auto';
  if (link === 'log') return linearModel(object, exponential);
  if (link === 'identity') return linearModel(object, identity);
  if (link !== 'auto') return unsupported(`${className(object)} with link ${link}`);
  return linearModel(object, numberOf(object, 'power') <= 0 ? identity : exponential);
}

// Columns that add up to 1 (splines, one-hot codes) beside an intercept give coefficients of 1e12 that cancel each other.
const MAX_SIZE = 1e10;

function checkSize(object: PyObject, { coefficients, intercepts }: LinearTerms): void {
  const isHuge = (value: number) => Math.abs(value) > MAX_SIZE;
  if (!coefficients.data.some(isHuge) || !intercepts.some(isHuge)) return;
  const advice = 'Fit it with a penalty (Ridge), or leave out one of the columns that add up to 1';
  unsupported(`${className(object)} has coefficients so large that rounding decides its score`, advice);
}

function linearModel(object: PyObject, link: Link): TableModel {
  const terms = linearTermsOf(object);
  checkSize(object, terms);
  return {
    inputs: terms.coefficients.columns,
    task: 'regression',
    targets: terms.coefficients.rows,
    apply: (g, x) => ({ score: link(g, linear(g, x, terms)) }),
  };
}
