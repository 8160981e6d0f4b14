import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import {
  booleanOf,
  integerOf,
  listOf,
  optionalBooleanOf,
  optionalTextOf,
  PyObject,
  textOf,
  type PyValue,
} from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { checkWidth, matrixOf, vectorOf } from '../fitted-numbers.js';
import { appendBasis, slopesAt, type Spline } from './b-spline.js';
import { matrixTransformer } from './matrix-transformer.js';

const MAX_DEGREE = 20;

type Extrapolation = (g: GraphBuilder, x: Value, spline: Spline) => Value;

/** The values of the basis splines of each column, side by side. */
export function convertSplineTransformer(object: PyObject): Transformer {
  const evaluate = extrapolationOf(object);
  const splines = listOf(object, 'bsplines_').map((spline) => splineOf(spline, integerOf(object, 'degree')));
  const outputs = splines.map(({ outputs: count }) => count - Number(!booleanOf(object, 'include_bias')));
  const takesMissing = optionalTextOf(object, 'handle_missing') === 'zeros';
  const ofColumn = (g: GraphBuilder, x: Value, i: number) => {
    const all = evaluate(g, x, splines[i]);
    const values = takesMissing ? g.where(g.isNaN(x), 0, all) : all;
    return outputs[i] === splines[i].outputs ? values : g.slice(values, 0, outputs[i]);
  };
  return matrixTransformer({
    inputs: splines.length,
    outputs: checkWidth(
      outputs.reduce((sum, count) => sum + count, 0),
      'SplineTransformer',
    ),
    missing: takesMissing ? 'handled' : 'refused',
    isSparse: optionalBooleanOf(object, 'sparse_output') ?? false,
    apply: (g, x) => g.concat(splines.map((_, i) => ofColumn(g, g.gather(x, [i]), i))),
  });
}

const further: Extrapolation = (g, x, spline) => appendBasis(g, x, spline);

const constant: Extrapolation = (g, x, spline) => appendBasis(g, g.clip(x, spline.least, spline.most), spline);

/** Beyond the range, lines with the slopes at its ends; splines that are 0 there stay 0. */
const linear: Extrapolation = (g, x, spline) => {
  const { least, most, degree, outputs } = spline;
  const below = slopesAt(spline, 'least').map((slope, i) => (i < degree ? slope : 0));
  const above = slopesAt(spline, 'most').map((slope, i) => (i >= outputs - degree ? slope : 0));
  const ends = g.add(g.mul(g.min(g.sub(x, least), 0), below), g.mul(g.max(g.sub(x, most), 0), above));
  return g.add(constant(g, x, spline), ends);
};

/** The remainder as Python has it; the last splines are the first ones again. */
const periodic: Extrapolation = (g, x, spline) => {
  const { least, most, outputs, degree } = spline;
  const rest = g.fmod(g.sub(x, least), most - least);
  const inside = g.add(g.where(g.less(rest, 0), g.add(rest, most - least), rest), least);
  const basis = appendBasis(g, inside, spline);
  const rows = outputs + degree;
  const fold = Float64Array.from({ length: rows * outputs }, (_, i) =>
    Number(Math.floor(i / outputs) % outputs === i % outputs),
  );
  return g.matMul(basis, g.doubles(fold, [rows, outputs]));
};

const EXTRAPOLATIONS: ReadonlyMap<string, Extrapolation> = new Map([
  ['continue', further],
  ['constant', constant],
  ['linear', linear],
  ['periodic', periodic],
]);

function extrapolationOf(object: PyObject): Extrapolation {
  const name = textOf(object, 'extrapolation');
  // scikit-learn raises for values out of the range, which a signature cannot say.
  if (name === 'error') unsupported("SplineTransformer with extrapolation='error'", "Use 'constant' or 'linear'");
  // Of several columns, scikit-learn takes the range of all but the first for one of degree 2.
  const isAmbiguous = name === 'linear' && integerOf(object, 'degree') < 2;
  if (isAmbiguous) unsupported('SplineTransformer of degree 1 that goes on in lines', "Use degree=2 or 'constant'");
  return EXTRAPOLATIONS.get(name) ?? unsupported(`SplineTransformer with extrapolation ${name}`);
}

/** A fitted BSpline, whose coefficients only say which basis splines are one output. */
function splineOf(value: PyValue, degree: number): Spline {
  if (!(value instanceof PyObject)) return unreadable('bsplines_ of a SplineTransformer');
  if (degree < 1 || degree > MAX_DEGREE || integerOf(value, 'k') !== degree) {
    unsupported(`SplineTransformer of degree ${degree}`);
  }
  // `t` and `c` until SciPy 1.14.
  const isNew = value.get('_t') !== undefined;
  const knots = vectorOf(value, isNew ? '_t' : 't');
  const { rows, columns, data } = matrixOf(value, isNew ? '_c' : 'c');
  const fits = rows === knots.length - degree - 1 && (columns === rows || columns === rows - degree) && rows > degree;
  const isPlain = data.every((each, i) => each === Number(Math.floor(i / columns) % columns === i % columns));
  if (!fits || !isPlain) unreadable('the splines of a SplineTransformer do not fit its degree');
  if (!knots.every((knot, i) => i === 0 || knot > knots[i - 1])) unsupported('SplineTransformer with equal knots');
  return { knots, degree, outputs: columns, least: knots[degree], most: knots[rows] };
}
