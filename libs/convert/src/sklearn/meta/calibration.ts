import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, numberOf, optionalTextOf, type PyObject } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import { isotonicCurve, type Curve } from './isotonic.js';

/** The function that calibrates what a classifier says of one class. */
export function calibrationCurve(calibrator: PyObject): Curve {
  if (className(calibrator) === 'sklearn.isotonic.IsotonicRegression') return isotonicCurve(calibrator);
  if (className(calibrator) !== 'sklearn.calibration._SigmoidCalibration') {
    return unsupported(`a calibration by ${className(calibrator)}`);
  }
  const [slope, shift] = [numberOf(calibrator, 'a_'), numberOf(calibrator, 'b_')];
  return (g, x) => g.sigmoid(g.neg(g.add(g.mul(x, slope), shift)));
}

/** Which columns of the probabilities each calibrator is for. */
export interface Calibrated {
  readonly curves: readonly Curve[];
  /** The class of each curve. */
  readonly places: readonly number[];
  readonly classes: number;
}

/** The probabilities [N, classes] of curves on what a classifier said, normalised. */
export function calibrated(g: GraphBuilder, values: Value, { curves, places, classes }: Calibrated): Value {
  if (classes === 2) {
    const second = curves[0](g, values);
    return g.concat([g.sub(1, second), second]);
  }
  const columns = curves.map((curve, i) => curve(g, g.gather(values, [i])));
  const zero = g.mul(columns[0], 0);
  const spreadOut = Array.from({ length: classes }, (_, place) => columns[places.indexOf(place)] ?? zero);
  const all = g.concat(spreadOut);
  const sum = g.reduceSum(all);
  return g.where(g.equal(sum, 0), 1 / classes, g.div(all, sum));
}

/** Sigmoid, isotonic or temperature; the attribute is missing where it is sigmoid or isotonic alike. */
export function isTemperature(part: PyObject): boolean {
  const method = optionalTextOf(part, 'method') ?? 'sigmoid';
  if (!['sigmoid', 'isotonic', 'temperature'].includes(method)) unreadable(`the calibration ${method}`);
  return method === 'temperature';
}
