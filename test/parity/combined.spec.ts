import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { convertPickle } from '../../libs/convert/src/convert-pickle.js';
import type { Converted } from '../../libs/convert/src/converted.js';
import { comparisons, errorOf, type Parts } from './pickles/compare.js';
import type { Expected, Inputs } from './pickles/corpus.js';
import { encodeRows, tensorOf } from './pickles/encode-rows.js';

const FIXTURES = resolve(import.meta.dirname, '../../libs/convert/fixtures/combined');
const NAMES = readdirSync(FIXTURES).filter((name) => name.endsWith('.pkl'));
const TOLERANCE = 1e-9;

interface Answer {
  readonly rows: Inputs['rows'];
  readonly expected: Expected;
}

async function score({ onnx, wiring }: Converted, rows: ReturnType<typeof encodeRows>): Promise<Parts> {
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const results = await session.run(Object.fromEntries(wiring.inputs.map((each) => [each.name, tensorOf(each, rows)])));
  await session.release();
  const numbers = (data: unknown) => Float64Array.from(data as ArrayLike<number>, Number);
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, numbers(data)]));
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
