import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, numberOf, optionalTextOf, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import type { TableModel } from '../converter.js';
import { checkCancellation, refuseCancelled } from './cancellation.js';
import { linear, linearTermsOf } from './linear-terms.js';

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

function linearModel(object: PyObject, link: Link): TableModel {
  const terms = linearTermsOf(object);
  checkCancellation(object, terms);
  return {
    inputs: terms.coefficients.columns,
    task: 'regression',
    targets: terms.coefficients.rows,
    apply: (g, x) => {
      const raw = linear(g, x, terms);
      refuseCancelled(g, x, raw, terms);
      return { score: link(g, raw) };
    },
  };
}
