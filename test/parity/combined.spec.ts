import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { convertPickle } from '../../libs/convert/src/convert-pickle.js';
import { comparisons, errorOf } from './pickles/compare.js';
import type { Expected, Inputs } from './pickles/corpus.js';
import { encodeRows } from './pickles/encode-rows.js';
import { score } from './pickles/score.js';

const FIXTURES = resolve(import.meta.dirname, '../../libs/convert/fixtures/combined');
const NAMES = readdirSync(FIXTURES).filter((name) => name.endsWith('.pkl'));
const TOLERANCE = 1e-9;

interface Answer {
  readonly rows: Inputs['rows'];
  readonly expected: Expected;
}

describe('scikit-learn models that combine, compare or calibrate', () => {
  it.each(NAMES)('answer as scikit-learn does: %s', async (name) => {
    const converted = convertPickle(readFileSync(`${FIXTURES}/${name}`));
    const { rows, expected } = JSON.parse(
      readFileSync(`${FIXTURES}/${name.replace(/pkl$/, 'expected.json')}`, 'utf8'),
    ) as Answer;
    const parts = await score(converted, encodeRows(converted, { columns: null, rows }));
    const errors = comparisons(converted, parts, expected).map((each) => [each.method, errorOf(each)]);
    expect(errors.filter(([, error]) => !(Number(error) <= TOLERANCE))).toEqual([]);
    expect(errors.length).toBeGreaterThan(0);
  });
});
