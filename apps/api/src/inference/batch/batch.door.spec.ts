import { jest } from '@jest/globals';
import { type EncodedRows, ServingError, type Signature } from '@app/core';
import { Settings } from '@app/platform';
import type { ModelProvider } from '@app/registry';
import type { InferenceService } from '../inference.service.js';
import type { KeptPredictions, PredictionRequest } from '../prediction-request.js';
import { BatchDoor } from './batch.door.js';
import { BatchService } from './batch.service.js';

const signature: Signature = {
  task: 'regression',
  features: [{ name: 'a', type: 'double' }],
  output: { name: 'score' },
};
const settings = Settings.from({});

/** Scores so many requests; then there is no more room. */
class FullInference {
  rows = 0;

  constructor(private left: number) {}

  async predict({ encode }: PredictionRequest): Promise<KeptPredictions> {
    if (this.left-- === 0) throw new ServingError('unavailable', 'JOURNAL_FULL', 'full');
    const { rows, warnings }: EncodedRows = encode(signature);
    this.rows += rows.count;
    const predictions = Array.from({ length: rows.count }, () => ({ score: 1 }));
    return { model: 'm', version: 1, signature, predictions, warnings, ids: undefined };
  }
}

const doorOf = (inference: FullInference): BatchDoor => {
  const provider = { get: () => ({ signature, version: 1 }) } as unknown as ModelProvider;
  return new BatchDoor(new BatchService(inference as unknown as InferenceService, provider, settings), settings);
};
const callOf = (rows: number, signal = new AbortController().signal) => ({
  method: 'POST',
  path: '/model/predict/batch/',
  headers: {},
  params: {},
  body: Buffer.from(JSON.stringify(Array(rows).fill({ a: 1 }))),
  requestId: 'an-id',
  signal,
});

describe('BatchDoor', () => {
  it('makes the whole answer before it gives it: what fails behind the first thousand rows is the answer', async () => {
    const answer = await doorOf(new FullInference(3)).answer(callOf(2500));
    expect(answer.rest).toBeUndefined();
    expect(JSON.parse(String(answer.body))).toHaveLength(2500);
    await expect(doorOf(new FullInference(2)).answer(callOf(2500))).rejects.toMatchObject({ code: 'JOURNAL_FULL' });
  });

  it('looks at rows of which none fits once, and gives each its reason', async () => {
    const inference = new FullInference(Infinity);
    const predict = jest.spyOn(inference, 'predict');
    const answer = await doorOf(inference).answer({ ...callOf(0), body: Buffer.from('[{"b":1},{},{"a":"x"}]') });
    const reasons = (JSON.parse(String(answer.body)) as { error: string }[]).map(({ error }) => error);
    expect(reasons).toEqual(['b', 'a', 'a'].map((name) => expect.stringContaining(name) as string));
    expect(predict).toHaveBeenCalledTimes(1);
  });

  it('makes no more of an answer of reasons than is taken, as they are much longer than their rows', async () => {
    const body = Buffer.from(`[${Array(20_000).fill('{"b":1}').join()}]`);
    const answer = await doorOf(new FullInference(Infinity)).answer({ ...callOf(0), body });
    expect(answer.body.length).toBeLessThan(2 * 1024 * 1024);
    let text = String(answer.body);
    for await (const piece of answer.rest!) text += piece;
    expect(JSON.parse(text)).toHaveLength(20_000);
    expect(answer.trailers!()).toEqual({ 'X-Total-Rows': '20000', 'X-Refused-Rows': '20000' });
  });

  it('scores nothing for a caller that has gone', async () => {
    const inference = new FullInference(3);
    const answer = doorOf(inference).answer(callOf(2500, AbortSignal.abort()));
    await expect(answer).rejects.toMatchObject({ code: 'CALLER_GONE' });
    expect(inference.rows).toBe(0);
  });

  it.each([
    ['a plain JSON batch', '/model/predict/batch/', 'application/json', '1000', true],
    ['one without a slash', '/model/predict/batch', 'application/json; charset=utf-8', '1000', true],
    ['lines', '/model/predict/batch/', 'application/x-ndjson', '1000', false],
    ['another charset', '/model/predict/batch/', 'application/json; charset=latin1', '1000', false],
    ['what is long enough to be streamed', '/model/predict/batch/', 'application/json', '1100000', false],
    ['what has no length', '/model/predict/batch/', 'application/json', undefined, false],
    ['one row', '/model/predict/', 'application/json', '1000', false],
  ])('knows what it answers: %s', (_, path, type, length, isAnswered) => {
    const headers = { 'content-type': type, ...(length && { 'content-length': length }) };
    expect(doorOf(new FullInference(0)).match(path, headers) !== undefined).toBe(isAnswered);
  });
});
