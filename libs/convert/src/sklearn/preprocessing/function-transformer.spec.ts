import { PyGlobal, type PyObject, type PyValue } from '../../pickle/index.js';
import { convertEstimator } from '../convert-estimator.js';
import { dict, estimator, linearRegression, pipeline } from '../hand-made-estimator.js';

const functionTransformer = (func: PyValue, inverse: PyValue = null, more: Readonly<Record<string, PyValue>> = {}) =>
  estimator('sklearn.preprocessing._function_transformer.FunctionTransformer', {
    func,
    inverse_func: inverse,
    ...more,
  });

const convert = (func: PyValue) => convertEstimator(pipeline(functionTransformer(func), linearRegression([1])));

describe('a FunctionTransformer', () => {
  it('with a function of numpy that is not converted is refused by its name, with those that are', () => {
    expect(() => convert(new PyGlobal('numpy', 'cos'))).toThrow(/numpy\.cos.* with one of log, log1p/);
    expect(() => convert(new PyGlobal('numpy', 'sqrt'))).not.toThrow();
  });

  it('with another function is refused as code', () => {
    expect(() => convert(new PyGlobal('mine', 'cos'))).toThrow('a function of its own');
  });

  it('whose function is given more than X is refused, with the names of what it is given', () => {
    const log = (args: PyValue) => functionTransformer(new PyGlobal('numpy', 'log'), null, { kw_args: args });
    const converted = (args: PyValue) => () => convertEstimator(pipeline(log(args), linearRegression([1])));
    expect(converted(dict({ where: true, dtype: 'f4' }))).toThrow('kw_args (where,dtype)');
    expect(converted(dict({}))).not.toThrow();
    expect(converted(null)).not.toThrow();
  });

  it('that does nothing passes on a missing value unless it validates', () => {
    const nothing = (validate = false) => functionTransformer(null, null, { n_features_in_: 1, validate });
    const nullable = (root: PyObject) => convertEstimator(root).signature.features.map((feature) => feature.nullable);
    expect(nullable(nothing())).toEqual([true]);
    expect(nullable(pipeline(nothing(), nothing()))).toEqual([true]);
    expect(nullable(pipeline(nothing(), nothing(true)))).toEqual([undefined]);
    expect(nullable(pipeline(nothing(), nothing(), linearRegression([1])))).toEqual([undefined]);
  });

  it('that only goes back is not taken for one that does nothing', () => {
    const target = functionTransformer(null, new PyGlobal('numpy', 'exp'));
    const path = 'sklearn.compose._target.TransformedTargetRegressor';
    const parts = { regressor_: linearRegression([1]), transformer_: target, _training_dim: 1, n_features_in_: 1 };
    expect(() => convertEstimator(estimator(path, parts))).toThrow('no inverse');
  });
});
