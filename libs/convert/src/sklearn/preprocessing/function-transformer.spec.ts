import { PyGlobal, type PyValue } from '../../pickle/index.js';
import { convertEstimator } from '../convert-estimator.js';
import { estimator, linearRegression, pipeline } from '../hand-made-estimator.js';

const functionTransformer = (func: PyValue, inverse: PyValue = null) =>
  estimator('sklearn.preprocessing._function_transformer.FunctionTransformer', { func, inverse_func: inverse });

const convert = (func: PyValue) => convertEstimator(pipeline(functionTransformer(func), linearRegression([1])));

describe('a FunctionTransformer', () => {
  it('with a function of numpy that is not converted is refused by its name, with those that are', () => {
    expect(() => convert(new PyGlobal('numpy', 'cos'))).toThrow(/numpy\.cos.* with one of log, log1p/);
    expect(() => convert(new PyGlobal('numpy', 'sqrt'))).not.toThrow();
  });

  it('with another function is refused as code', () => {
    expect(() => convert(new PyGlobal('mine', 'cos'))).toThrow('a function of its own');
  });

  it('that only goes back is not taken for one that does nothing', () => {
    const target = functionTransformer(null, new PyGlobal('numpy', 'exp'));
    const path = 'sklearn.compose._target.TransformedTargetRegressor';
    const parts = { regressor_: linearRegression([1]), transformer_: target, _training_dim: 1, n_features_in_: 1 };
    expect(() => convertEstimator(estimator(path, parts))).toThrow('no inverse');
  });
});
