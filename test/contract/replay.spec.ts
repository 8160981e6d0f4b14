// What was answered, scored once more with a version that is not live.
import { setTimeout as sleep } from 'node:timers/promises';
import { Types } from 'mongoose';
import { Captures } from '../setup/captures.js';
import { type Answer, RegistryClient } from '../setup/registry-client.js';
import { FLIGHT, jsonPost, startAgain, startService, type TestService } from '../setup/service.js';

describe('POST /models/{name}/replay', () => {
  let service: TestService;
  let client: RegistryClient;
  let captures: Captures;
  let score: number;
  beforeAll(async () => {
    service = await startService();
    client = new RegistryClient(service);
    captures = await Captures.open();
    await client.register();
    ({ score } = await client.predict());
  });
  beforeEach(() => captures.collection('data_capture').deleteMany({}));
  afterAll(async () => {
    await captures.close();
    await service.stop();
  });

  const write = (count: number, features: object = FLIGHT) =>
    captures.write(Array.from({ length: count }, () => ({ version: 1, score: score + 1, features: { ...features } })));
  const start = (wanted: object) => client.send('POST', '/model/replay', wanted);

  async function ended(begun: Answer): Promise<Answer['body']> {
    for (;;) {
      const { body } = await client.get(`/model/replays/${String(begun.body['id'])}`);
      if (body['state'] !== 'running') return body;
      await sleep(50);
    }
  }

  it('scores what was answered and compares, while predictions go on', async () => {
    await write(20_000);
    const begun = await start({ candidate: 2, last: 20_000 });
    expect(begun).toMatchObject({ status: 202, body: { state: 'running', candidate_version: 2, wanted: 20_000 } });
    let isOver = false;
    const replayed = ended(begun).finally(() => (isOver = true));
    const statuses = new Set<number>();
    while (!isOver) statuses.add((await service.predict(FLIGHT)).status);
    expect([...statuses]).toEqual([200]);
    expect(await replayed).toMatchObject({
      state: 'done',
      compared: 20_000,
      skipped: 0,
      reasons: [],
      comparison: {
        n: 20_000,
        mean_difference: expect.closeTo(-1, 9),
        candidate: { mean: expect.closeTo(score, 9) },
        different_share: 1,
      },
    });
  });

  it('scores the rows of a batch, and no more than are wanted', async () => {
    const rows = Array.from({ length: 300 }, (_, distance) => ({ ...FLIGHT, distance }));
    await service.fetch('/model/predict/batch/', jsonPost(rows));
    const outcome = { state: 'done', skipped: 0, comparison: { mean_absolute_difference: 0 } };
    expect(await ended(await start({ candidate: 2, last: 1000 }))).toMatchObject({ ...outcome, compared: 300 });
    expect(await ended(await start({ candidate: 2, last: 70 }))).toMatchObject({ ...outcome, compared: 70 });
  });

  it('writes nothing into the history and changes nothing of the traffic', async () => {
    await write(10);
    await ended(await start({ candidate: 2 }));
    expect(await captures.collection('data_capture').countDocuments()).toBe(10);
    expect((await client.get('/model/traffic')).body).toEqual({ active: 1, shadows: [] });
  });

  it('counts by reason what does not fit the candidate, and leaves out what shadows have scored', async () => {
    const { distance: _missing, ...short } = FLIGHT;
    await write(3, short);
    await write(2, { ...FLIGHT, colour: 'red' });
    await write(4);
    await captures.write([{ version: 2, role: 'shadow', score: 1, request: new Types.ObjectId() }]);
    const body = await ended(await start({ candidate: 2 }));
    expect(body).toMatchObject({ state: 'done', compared: 4, skipped: 5, comparison: { n: 4 } });
    expect(body['reasons']).toEqual([
      { reason: 'distance is missing', count: 3 },
      { reason: 'colour is not a feature of the model', count: 2 },
    ]);
  });

  it('takes the latest records, of one version where that is asked for', async () => {
    await write(5);
    await captures.write([{ version: 2, score: 1 }]);
    expect(await ended(await start({ candidate: 2, last: 2 }))).toMatchObject({ compared: 2 });
    expect(await ended(await start({ candidate: 2, baseline: 1 }))).toMatchObject({ compared: 5, baseline_version: 1 });
  });

  it('takes one replay at a time, and stops it when asked to', async () => {
    await write(20_000);
    const begun = await start({ candidate: 2 });
    expect(await start({ candidate: 2 })).toMatchObject({ status: 409, body: { code: 'REPLAY_RUNNING' } });
    expect(await client.ask('DELETE', `/model/replays/${String(begun.body['id'])}`)).toMatchObject({ status: 204 });
    const body = await ended(begun);
    expect(body).toMatchObject({ state: 'stopped' });
    expect(body['compared']).toBeLessThan(20_000);
  });

  it('shows a replay whose process has died as interrupted', async () => {
    const long = new Date(Date.now() - 60_000);
    const _id = new Types.ObjectId();
    const replay = { _id, model: 'flight-delay', candidate: 2, state: 'running', wanted: 9, compared: 3, skipped: 0 };
    await captures.collection('replays').insertOne({ ...replay, startedAt: long, seenAt: long });
    expect((await client.get(`/model/replays/${_id.toHexString()}`)).body).toMatchObject({ state: 'interrupted' });
  });

  it.each<[string, object, number, string]>([
    ['more than can be replayed', { candidate: 1, last: 100_001 }, 422, 'REPLAY_INVALID'],
    ['no candidate', {}, 422, 'REPLAY_INVALID'],
    ['an unknown part', { candidate: 1, speed: 2 }, 422, 'REPLAY_INVALID'],
    ['a moment that is none', { candidate: 1, from: 'yesterday' }, 422, 'REPLAY_INVALID'],
    ['an unknown candidate', { candidate: 99 }, 404, 'VERSION_NOT_FOUND'],
    ['an unknown baseline', { candidate: 2, baseline: 99 }, 404, 'VERSION_NOT_FOUND'],
  ])('refuses %s', async (_, wanted, status, code) => {
    expect(await start(wanted)).toMatchObject({ status, body: { code } });
  });

  it.each(['CAPTURE_HASH', 'CAPTURE_OMIT'])(
    'refuses a candidate that takes what the history does not hold: %s',
    async (what) => {
      const hiding = await startAgain({ [what]: 'distance', CAPTURE_HASH_KEY: 'a key of at least sixteen' });
      const body = await (await hiding.fetch('/model/replay', jsonPost({ candidate: 2 }))).json();
      await hiding.stop();
      expect(body).toMatchObject({ code: 'REPLAY_INVALID', detail: expect.stringContaining('"distance"') as string });
    },
  );

  it.each(['6553f1a0019a7b3c5d000001', 'none'])('answers 404 for replay %s, which there is not', async (id) => {
    expect(await client.get(`/model/replays/${id}`)).toMatchObject({ status: 404, body: { code: 'REPLAY_NOT_FOUND' } });
  });
});
