import { PyTuple, type PyObject, type PyValue } from '../pickle/index.js';
import { convertEstimator } from './convert-estimator.js';
import {
  columnTransformer,
  dict,
  doubles,
  estimator,
  linearRegression,
  objects,
  oneHotEncoder,
  pipeline,
  standardScaler,
} from './hand-made-estimator.js';

const featuresOf = (root: PyValue) => convertEstimator(root).signature.features;

describe('converting an estimator', () => {
  it('takes the names that training saw, from the first step of a pipeline', () => {
    const scaler = standardScaler([0, 0], [1, 1], { feature_names_in_: objects(['distance', 'delay']) });
    const converted = convertEstimator(pipeline(scaler, linearRegression([1, 2])));
    expect(converted.signature.features.map(({ name }) => name)).toEqual(['distance', 'delay']);
    expect(converted.namesFrom).toBe('file');
  });

  it('makes names up where two columns have one name', () => {
    const scaler = standardScaler([0, 0], [1, 1], { feature_names_in_: objects(['delay', 'delay']) });
    expect(convertEstimator(pipeline(scaler, linearRegression([1, 2]))).namesFrom).toBe('made-up');
  });

  it('makes names up where the file has none', () => {
    const { signature, namesFrom } = convertEstimator(linearRegression([1, 2]));
    expect(signature.features.map(({ name }) => name)).toEqual(['x0', 'x1']);
    expect(namesFrom).toBe('made-up');
  });

  it('takes all columns in one tensor where none holds text', () => {
    const { wiring } = convertEstimator(linearRegression([1, 2]));
    expect(wiring.inputs).toEqual([{ name: 'x', type: 'float64', rank: 2, features: [0, 1] }]);
  });

  it('takes a tensor a column where one holds text', () => {
    const columns = columnTransformer(2, [
      [oneHotEncoder(['AA', 'UA'], 'error'), [1]],
      ['passthrough', [0]],
    ]);
    const { wiring, signature } = convertEstimator(pipeline(columns, linearRegression([1, 2, 3])));
    expect(wiring.inputs.map(({ type }) => type)).toEqual(['float64', 'string']);
    expect(signature.features[1]).toEqual({ name: 'x1', type: 'string', categories: ['AA', 'UA'] });
  });

  it('knows no limit of categories where unknown ones are ignored, and takes missing ones', () => {
    const [feature] = featuresOf(oneHotEncoder(['AA', 'UA'], 'ignore'));
    expect(feature).toEqual({ name: 'x0', type: 'string', nullable: true });
  });

  it('lets a value be missing only where the step that computes with it has a rule', () => {
    const imputer = estimator('sklearn.impute._base.SimpleImputer', {
      statistics_: doubles([7]),
      strategy: 'mean',
      missing_values: NaN,
      indicator_: null,
    });
    const [behindScaler] = featuresOf(pipeline(standardScaler([0], [1]), imputer, linearRegression([2])));
    const [withoutImputer] = featuresOf(pipeline(standardScaler([0], [1]), linearRegression([2])));
    expect([behindScaler.nullable, withoutImputer.nullable]).toEqual([true, undefined]);
  });

  it('calls what a transformer gives a score', () => {
    expect(convertEstimator(standardScaler([0], [1])).signature.task).toBe('transform');
  });

  it('warns about versions that it has not seen, and refuses those before 0.24', () => {
    const { warnings } = convertEstimator(linearRegression([1], { _sklearn_version: '1.11.0' }));
    expect(warnings.join()).toContain('1.11.0');
    expect(() => convertEstimator(linearRegression([1], { _sklearn_version: '0.23.2' }))).toThrow('0.23.2');
  });
});

describe('the dict {x_scaler, model, y_scaler}', () => {
  const parts = (): Record<string, PyValue> => ({
    x_scaler: standardScaler([0, 0], [1, 1]),
    model: linearRegression([1, 2]),
    y_scaler: standardScaler([10], [2]),
  });

  it('is one regressor', () => {
    expect(convertEstimator(dict(parts())).signature).toMatchObject({ task: 'regression', output: { name: 'score' } });
  });

  it('has exactly these keys', () => {
    expect(() => convertEstimator(dict({ ...parts(), scaler: null }))).toThrow('Expected keys');
    expect(() => convertEstimator(dict({ model: parts().model }))).toThrow('Expected keys');
  });

  it('takes the names of its model only behind a scaler that keeps the columns in their places', () => {
    const model = linearRegression([1, 2], { feature_names_in_: objects(['delay', 'distance']) });
    const turning = columnTransformer(2, [
      [standardScaler([0], [1]), [1]],
      ['passthrough', [0]],
    ]);
    const namesBehind = (scaler: PyValue) =>
      featuresOf(dict({ ...parts(), x_scaler: scaler, model })).map(({ name }) => name);
    expect(namesBehind(standardScaler([0, 0], [1, 1]))).toEqual(['delay', 'distance']);
    expect(namesBehind(null)).toEqual(['delay', 'distance']);
    expect(namesBehind(turning)).toEqual(['x0', 'x1']);
  });

  it('takes the names of its scaler first, whatever that does to the columns', () => {
    const model = linearRegression([1, 2], { feature_names_in_: objects(['delay', 'distance']) });
    const turning = columnTransformer(2, [['passthrough', [1, 0]]], {
      feature_names_in_: objects(['distance', 'delay']),
    });
    const features = featuresOf(dict({ ...parts(), x_scaler: turning, model }));
    expect(features.map(({ name }) => name)).toEqual(['distance', 'delay']);
  });

  it('is refused where the parts are for different numbers of columns', () => {
    expect(() => convertEstimator(dict({ ...parts(), x_scaler: standardScaler([0], [1]) }))).toThrow('2 features');
    const twoTargets = standardScaler([0, 0], [1, 1]);
    expect(() => convertEstimator(dict({ ...parts(), y_scaler: twoTargets }))).toThrow('2 columns, the prediction 1');
  });

  it('is refused where the model is no regressor', () => {
    const model = estimator('sklearn.linear_model._perceptron.Perceptron', {
      coef_: doubles([1, 2], [1, 2]),
      intercept_: doubles([0]),
      classes_: doubles([0, 1]),
    });
    expect(() => convertEstimator(dict({ ...parts(), model }))).toThrow('no regressor');
  });
});

describe('files that are made to hurt', () => {
  it('refuses a pipeline that is its own step', () => {
    const own = pipeline();
    const steps = [new PyTuple(['scale', standardScaler([0], [1])]), new PyTuple(['again', own])];
    own.state = dict({ steps });
    expect(() => convertEstimator(own)).toThrow('contains itself');
  });

  it('refuses unions of unions that name one step without end', () => {
    const union = (inner: PyObject): PyObject => {
      const transformers = ['a', 'b'].map((name) => new PyTuple([name, inner]));
      return estimator('sklearn.pipeline.FeatureUnion', { transformer_list: transformers });
    };
    const nested = Array.from({ length: 50 }).reduce<PyObject>(union, standardScaler([0], [1]));
    expect(() => convertEstimator(nested)).toThrow('estimators in one model');
  });

  it('refuses parameters that are no numbers', () => {
    expect(() => convertEstimator(standardScaler([NaN], [1]))).toThrow('NaN');
  });

  it('says what to do with a class that it does not know', () => {
    const unknown = estimator('sklearn.gaussian_process._gpr.GaussianProcessRegressor', {});
    expect(() => convertEstimator(unknown)).toThrow('Export it with skl2onnx and upload the .onnx');
  });
});
