// Where a step makes NaN or infinity that the next one does not take, or a number is too large for float32, scikit-learn 1.9 raises.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { convertPickle } from '../../libs/convert/src/convert-pickle.js';
import { PyGlobal } from '../../libs/convert/src/pickle/index.js';
import { convertEstimator } from '../../libs/convert/src/sklearn/index.js';
import {
  columnTransformer,
  doubles,
  estimator,
  linearRegression,
  objects,
  oneHotEncoder,
  pipeline,
} from '../../libs/convert/src/sklearn/hand-made-estimator.js';
import { encodeRows } from './pickles/encode-rows.js';
import { score } from './pickles/score.js';

const FIXTURES = resolve(import.meta.dirname, '../../libs/convert/fixtures/pipelines');
const NAMES = readdirSync(FIXTURES).filter((name) => name.endsWith('.pkl'));
const DIGITS = 9;

interface Answers {
  readonly rows: readonly (readonly number[])[];
  /** What scikit-learn answers to each row alone; null where it raises. */
  readonly answers: readonly (readonly number[] | null)[];
}

/** What the graph answers to each row; null where it has no answer. */
async function answersOf(name: string, { rows }: Answers) {
  const converted = convertPickle(readFileSync(`${FIXTURES}/${name}`));
  const parts = await score(converted, encodeRows(converted, { columns: null, rows }));
  const numbers = parts.probabilities ?? (converted.signature.task === 'outlier' ? parts.label! : parts.score!);
  const width = numbers.length / rows.length;
  const ofRow = rows.map((_, i) => Array.from(numbers.subarray(i * width, (i + 1) * width)));
  return ofRow.map((answer) => (answer.every(Number.isFinite) ? answer : null));
}

describe('pipelines and trees', () => {
  it.each(NAMES)('answer as scikit-learn does, and not at all where it raises: %s', async (name) => {
    const expected = JSON.parse(
      readFileSync(`${FIXTURES}/${name.replace(/pkl$/, 'expected.json')}`, 'utf8'),
    ) as Answers;
    const got = await answersOf(name, expected);
    const close = (answer: readonly number[] | null) => answer?.map((value) => expect.closeTo(value, DIGITS)) ?? null;
    expect(got).toEqual(expected.answers.map(close));
  });

  it('have no answer where a logarithm that stands beside a text is infinite', async () => {
    const path = 'sklearn.preprocessing._function_transformer.FunctionTransformer';
    const log = estimator(path, { func: new PyGlobal('numpy', 'log'), inverse_func: null });
    const filled = { statistics_: objects(['AA']), strategy: 'most_frequent', missing_values: NaN, indicator_: null };
    const first = columnTransformer(2, [
      [log, [0]],
      [estimator('sklearn.impute._base.SimpleImputer', filled), [1]],
    ]);
    const second = columnTransformer(2, [
      ['passthrough', [0]],
      [oneHotEncoder(['AA', 'UA'], 'error'), [1]],
    ]);
    const converted = convertEstimator(pipeline(first, second, linearRegression([1, 2, 3])));
    const rows = [
      [1, 'AA'],
      [0, 'UA'],
    ];
    expect(await score(converted, encodeRows(converted, { columns: null, rows }))).toEqual({
      score: Float64Array.of(3, NaN),
    });
  });

  it('have no answer of an isolation forest of before 1.6 where a number is too large for float32', async () => {
    const converted = convertPickle(readFileSync(`${FIXTURES}/../combined/isolation-subset-1.3.pkl`));
    const rows = [
      [0, 0, 0, 0],
      [0, 1e300, 0, 0],
    ];
    const { score: numbers } = await score(converted, encodeRows(converted, { columns: null, rows }));
    expect(Array.from(numbers!, Number.isFinite)).toEqual([true, false]);
  });

  it('have no answer but infinity of a transformer alone, whose NaN would be a missing value', async () => {
    const state = { lambdas_: doubles([0]), method: 'box-cox', standardize: false };
    const converted = convertEstimator(estimator('sklearn.preprocessing._data.PowerTransformer', state));
    const inputs = { columns: null, rows: [[1], [0], [-1]] };
    expect(await score(converted, encodeRows(converted, inputs))).toEqual({
      score: Float64Array.of(0, Infinity, Infinity),
    });
  });
});
