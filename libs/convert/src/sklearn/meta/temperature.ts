import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, numberOf, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import type { Response } from './response-values.js';

// What scikit-learn adds to a probability before it takes the logarithm.
const SMALLEST_SHARE = 1e-12;

/** The softmax of what a classifier says, sharpened or softened by one factor. */
export function temperatureScaling(
  calibrator: PyObject,
): (g: GraphBuilder, response: Response, classes: number) => Value {
  if (className(calibrator) !== 'sklearn.calibration._TemperatureScaling') {
    return unsupported(`a temperature calibration by ${className(calibrator)}`);
  }
  const factor = numberOf(calibrator, 'beta_');
  return (g, response, classes) => g.softmax(g.mul(logitsOf(g, response, classes), factor));
}

function logitsOf(g: GraphBuilder, { values, isDecision }: Response, classes: number): Value {
  if (isDecision) return classes === 2 ? g.concat([g.neg(values), values]) : values;
  const shares = classes === 2 ? g.concat([g.sub(1, values), values]) : values;
  return g.log(g.add(shares, SMALLEST_SHARE));
}
