import { type Prediction, type Rows, ServingError } from '@app/core';
import type { ModelRuntime } from './model-runtime.js';
import { TurnBatches } from './turn-batches.js';

/** Scores a row with its sum; refuses negative ones. */
class SumRuntime implements ModelRuntime {
  readonly runs: number[] = [];

  async predict({ count, width, numbers }: Rows): Promise<Prediction[]> {
    this.runs.push(count);
    if (numbers.some((number) => number < 0)) throw new ServingError('invalid-input', 'NEGATIVE', `${numbers[0]}`);
    return Array.from({ length: count }, (_, row) => ({
      score: numbers.subarray(row * width, (row + 1) * width).reduce((sum, number) => sum + number, 0),
    }));
  }

  async release(): Promise<void> {}
}

const row = (...numbers: number[]): Rows => ({
  count: 1,
  width: numbers.length,
  numbers: Float64Array.from(numbers),
  texts: [],
});

describe('TurnBatches', () => {
  let runtime: SumRuntime;
  let batches: TurnBatches;
  beforeEach(() => {
    runtime = new SumRuntime();
    batches = new TurnBatches(runtime);
  });

  it('scores the requests of one turn in one run and gives each its own rows', async () => {
    const two: Rows = { count: 2, width: 2, numbers: Float64Array.of(5, 6, 7, 8), texts: [] };
    const answers = await Promise.all([row(1, 2), two, row(3, 4)].map((rows) => batches.predict(rows)));
    expect(answers).toEqual([[{ score: 3 }], [{ score: 11 }, { score: 15 }], [{ score: 7 }]]);
    expect(runtime.runs).toEqual([4]);
  });

  it('scores the requests of two turns in two runs', async () => {
    await batches.predict(row(1));
    await batches.predict(row(2));
    expect(runtime.runs).toEqual([1, 1]);
  });

  it('fails only the request that cannot be scored, with its own reason', async () => {
    const answers = await Promise.allSettled([row(1), row(-2), row(3)].map((rows) => batches.predict(rows)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: { code: 'NEGATIVE', message: '-2' } });
  });

  it('needs few more runs for one request that cannot be scored, however many others there are', async () => {
    const requests = Array.from({ length: 64 }, (_, at) => batches.predict(row(at === 40 ? -1 : at)));
    const answers = await Promise.allSettled(requests);
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(answers[63]).toEqual({ status: 'fulfilled', value: [{ score: 63 }] });
    expect(runtime.runs).toHaveLength(13);
  });

  it('does not hold up a large batch, nor make others wait for it', async () => {
    const large: Rows = { count: 1000, width: 1, numbers: new Float64Array(1000), texts: [] };
    await Promise.all([batches.predict(row(1)), batches.predict(large)]);
    expect(runtime.runs.toSorted((a, b) => a - b)).toEqual([1, 1000]);
  });
});
