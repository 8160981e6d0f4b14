// Two versions over the same requests: what a shadow has scored beside what was answered.
import { setTimeout as sleep } from 'node:timers/promises';
import { Types } from 'mongoose';
import { Captures } from '../setup/captures.js';
import { RegistryClient } from '../setup/registry-client.js';
import { FLIGHT, jsonPost, startService, type TestService } from '../setup/service.js';

describe('GET /models/{name}/compare', () => {
  let service: TestService;
  let client: RegistryClient;
  let captures: Captures;
  beforeAll(async () => {
    service = await startService();
    client = new RegistryClient(service);
    captures = await Captures.open();
    await client.register(2);
  });
  beforeEach(() => captures.collection('data_capture').deleteMany({}));
  afterAll(async () => {
    await captures.close();
    await service.stop();
  });

  /** Answers of version 1, and what shadow 2 has scored along: another score at each third request. */
  async function writePairs(count: number, atMs = Date.now()): Promise<Types.ObjectId[]> {
    const answers = Array.from({ length: count }, (_, i) => ({ version: 1, score: i, label: 'late', atMs }));
    const ids = await captures.write(answers);
    const along = ids.map((request, i) => {
      const isOther = i % 3 === 0;
      return { version: 2, role: 'shadow' as const, score: isOther ? i + 3 : i, label: isOther ? 'punctual' : 'late', request, atMs }; // prettier-ignore
    });
    await captures.write(along);
    return ids;
  }

  it('shows means, differences, correlation, labels and histograms over the same edges', async () => {
    const ids = await writePairs(900);
    const { status, body } = await client.get('/models/flight-delay/compare?candidate=2');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      model: 'flight-delay',
      candidate_version: 2,
      baseline_version: 1,
      n: 900,
      baseline: { mean: expect.closeTo(449.5, 9), min: 0, max: 899 },
      candidate: { mean: expect.closeTo(450.5, 9), min: 1, max: 900 },
      mean_difference: 1,
      mean_absolute_difference: 1,
      different_share: 1 / 3,
      largest_difference: { difference: 3 },
      labels: { n: 900, different_share: 1 / 3 },
      skipped: [],
    });
    expect(body['correlation']).toBeGreaterThan(0.9999);
    expect(ids.map(String)).toContain((body['largest_difference'] as { request: string }).request);
    const { edges, baseline, candidate } = body['histograms'] as Record<string, { counts: number[] }>;
    expect([edges, baseline!.counts, candidate!.counts]).toMatchObject([
      { length: 21 },
      { length: 20 },
      { length: 20 },
    ]);
  });

  it('compares the last day, or the time that is asked for', async () => {
    const dayMs = 86_400_000;
    await writePairs(10, Date.now() - 2 * dayMs);
    await writePairs(5);
    const nOf = async (query: string) => (await client.get(`/model/compare?candidate=2${query}`)).body['n'];
    const ago = (days: number) => new Date(Date.now() - days * dayMs).toISOString();
    expect(await nOf('')).toBe(5);
    expect(await nOf(`&from=${ago(3)}`)).toBe(15);
    expect(await nOf(`&from=${ago(3)}&to=${ago(1)}`)).toBe(10);
    expect(await nOf('&limit=2')).toBe(2);
  });

  it('says how many requests of the shadow have no answer to compare with, and compares the rest', async () => {
    await writePairs(4);
    const [canary] = await captures.write([{ version: 3, role: 'canary', score: 1 }]);
    const lost = { version: 2, role: 'shadow', score: 1, request: new Types.ObjectId() } as const;
    await captures.write([lost, { ...lost, request: canary! }]);
    const { body } = await client.get('/model/compare?candidate=2');
    expect(body).toMatchObject({ n: 4 });
    expect(body['skipped']).toEqual(
      expect.arrayContaining([
        { reason: 'no record of the answer', count: 1 },
        { reason: 'version 3 has answered', count: 1 },
      ]),
    );
    expect((await client.get('/model/compare?candidate=2&baseline=3')).body).toMatchObject({ n: 1 });
  });

  it('pairs the rows of a batch with what a shadow has scored of them', async () => {
    await client.send('PUT', '/model/traffic', { shadows: [2] });
    const rows = Array.from({ length: 1200 }, (_, distance) => ({ ...FLIGHT, distance }));
    await service.fetch('/model/predict/batch/', jsonPost(rows));
    await service.predict(FLIGHT);
    const compared = async () => (await client.get('/model/compare?candidate=2')).body;
    while ((await compared())['n'] !== 1201) await sleep(50);
    expect(await compared()).toMatchObject({
      skipped: [],
      mean_absolute_difference: 0,
      correlation: expect.closeTo(1, 9),
    });
    expect(await captures.collection('data_capture').countDocuments()).toBeLessThan(10);
    await client.send('PUT', '/model/traffic', {});
  });

  it('answers 409 with what to do where the two have no request in common', async () => {
    const { status, body } = await client.get('/model/compare?candidate=2');
    expect([status, body['code']]).toEqual([409, 'NOTHING_TO_COMPARE']);
    expect(body['detail']).toMatch(/make it a shadow \(PUT .*\) or replay/);
  });

  it.each([
    ['/model/compare', 400, 'QUERY_INVALID'],
    ['/model/compare?candidate=two', 400, 'QUERY_INVALID'],
    ['/model/compare?candidate=2&from=yesterday', 400, 'QUERY_INVALID'],
    ['/model/compare?candidate=2&limit=1000001', 400, 'QUERY_INVALID'],
    ['/model/compare?candidate=2&colour=red', 400, 'QUERY_INVALID'],
    ['/model/compare?candidate=99', 404, 'VERSION_NOT_FOUND'],
    ['/model/compare?candidate=2&baseline=99', 404, 'VERSION_NOT_FOUND'],
    ['/models/nobody/compare?candidate=2', 404, 'MODEL_NOT_FOUND'],
    ['/model/compare?candidate=1', 422, 'COMPARISON_INVALID'],
  ])('answers %s with %i %s', async (path, status, code) => {
    expect(await client.get(path)).toMatchObject({ status, body: { code } });
  });

  it('finds what shadows have scored by an index of these records alone', async () => {
    await writePairs(5);
    const filter = { model: 'flight-delay', model_version: 2, role: 'shadow' };
    const plan = await captures.collection('data_capture').find(filter).sort({ _id: -1 }).explain('executionStats');
    expect(plan).toMatchObject({ executionStats: { totalDocsExamined: 5 } });
    expect(JSON.stringify(plan)).toContain('"indexName":"model_1_model_version_1__id_1"');
  });
});
