// Rows of whole numbers have many neighbours at equal distance; what scikit-learn 1.9 answers then hangs on its search tree.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { convertPickle } from '../../libs/convert/src/convert-pickle.js';
import { encodeRows } from './pickles/encode-rows.js';
import { score } from './pickles/score.js';

const FIXTURES = resolve(import.meta.dirname, '../../libs/convert/fixtures/ties');
const NAMES = readdirSync(FIXTURES).filter((name) => name.endsWith('.pkl'));
const NO_CLASS = -1;

interface Answer {
  readonly rows: readonly (readonly number[])[];
  readonly predict: readonly number[];
}

/** What the graph predicts of each row; undefined where it has no answer. */
async function predictions(name: string, { rows }: Answer): Promise<(number | undefined)[]> {
  const converted = convertPickle(readFileSync(`${FIXTURES}/${name}`));
  const { score: numbers, label } = await score(converted, encodeRows(converted, { columns: null, rows }));
  const known = (value: number) => !Number.isNaN(value) && value !== NO_CLASS;
  return Array.from(label ?? numbers ?? [], (value) => (known(value) ? value : undefined));
}

describe('models of neighbours', () => {
  it.each(NAMES)('answer as scikit-learn does or not at all, where training rows are equally far: %s', async (name) => {
    const answer = JSON.parse(readFileSync(`${FIXTURES}/${name.replace(/pkl$/, 'expected.json')}`, 'utf8')) as Answer;
    const got = await predictions(name, answer);
    const wrong = got.filter((value, i) => value !== undefined && Math.abs(value - answer.predict[i]) > 1e-9);
    expect(wrong).toEqual([]);
    expect(got.filter((value) => value === undefined).length).toBeGreaterThan(0);
    expect(got.filter((value) => value !== undefined).length).toBeGreaterThan(20);
  });
});
