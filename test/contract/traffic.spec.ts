// Canaries, shadows and forced versions as callers and the history see them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RegistryClient } from '../setup/registry-client.js';
import { FLIGHT, type HistoryBody, jsonPost, startService, type TestService } from '../setup/service.js';

const root = join(import.meta.dirname, '../..');
const onnx = (name: string): Buffer => readFileSync(join(root, 'libs/convert/fixtures/onnx', `${name}.onnx`));
const SLOW_MODEL = readFileSync(join(root, 'test/fixtures/slow.onnx'));
const OF_VERSION_2 = { carrier: 'EV', origin: 'EWR', dest: 'PWM' };
const PATIENCE_MS = 20_000;

interface Answer {
  readonly status: number;
  readonly model_version: number;
  readonly score: number;
  readonly id: string;
  readonly code: string;
}

describe('traffic', () => {
  let service: TestService;
  let client: RegistryClient;
  const start = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
    service = await startService(environment);
    client = new RegistryClient(service);
  };
  afterEach(() => service.stop());

  async function ask(
    headers: Record<string, string> = {},
    features: object = FLIGHT,
    model = 'flight-delay',
  ): Promise<Answer> {
    const { headers: json, ...init } = jsonPost(features);
    const response = await service.fetch(`/models/${model}/predict/`, {
      ...init,
      headers: { ...(json as object), ...headers },
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  }

  const traffic = async (wanted: object, model = 'flight-delay'): Promise<void> =>
    expect((await client.send('PUT', `/models/${model}/traffic?allow_signature_change=true`, wanted)).status).toBe(200);

  const versionOf = async (key: string): Promise<number> => (await ask({ 'x-routing-key': key })).model_version;
  const keys = (count: number): string[] => Array.from({ length: count }, (_, i) => `caller-${i}`);

  async function metric(name: string): Promise<number> {
    const text = await (await service.fetch('/metrics')).text();
    return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error('it has not come to that');
      // Asked without a pause, the service would have no time for shadows.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const shadowsOf = async (count: number): Promise<HistoryBody['history']> => {
    await until(async () => (await metric('scorekeeper_shadow_rows_total')) >= count);
    return (await service.history('?role=shadow')).history;
  };

  describe('with a canary', () => {
    beforeEach(async () => {
      await start();
      await client.register();
    });

    it('gives it its share of the keys, within four standard deviations, and keeps each where it is', async () => {
      await traffic({ canary: { version: 2, percent: 20 } });
      const all = keys(400);
      const first = await Promise.all(all.map(versionOf));
      const onCanary = first.filter((version) => version === 2).length;
      expect(Math.abs(onCanary - 80)).toBeLessThan(4 * Math.sqrt(400 * 0.2 * 0.8));
      expect(await Promise.all(all.map(versionOf))).toEqual(first);
    });

    it('keeps those that it had when it is raised', async () => {
      await traffic({ canary: { version: 2, percent: 20 } });
      const before = await Promise.all(keys(200).map(versionOf));
      await traffic({ canary: { version: 2, percent: 60 } });
      const after = await Promise.all(keys(200).map(versionOf));
      expect(before.filter((version, i) => version === 2 && after[i] !== 2)).toEqual([]);
      expect(after.filter((version) => version === 2).length).toBeGreaterThan(
        before.filter((version) => version === 2).length,
      );
    });

    it('keeps the callers of one value of the routing feature together, unless a key says otherwise', async () => {
      await traffic({ canary: { version: 2, percent: 50 }, routing_feature: 'distance' });
      const distances = Array.from({ length: 40 }, (_, i) => 100 + i);
      const versions = (clouds: number, headers = {}) =>
        Promise.all(
          distances.map(async (distance) => (await ask(headers, { ...FLIGHT, distance, clouds })).model_version),
        );
      const first = await versions(1);
      expect(new Set(first)).toEqual(new Set([1, 2]));
      expect(await versions(2)).toEqual(first);
      expect(new Set(await versions(1, { 'x-routing-key': 'one' })).size).toBe(1);
    });

    it('says the role in the history where it is not the active one, and finds records by it', async () => {
      await traffic({ canary: { version: 2, percent: 100 } });
      const canary = await ask();
      const forced = await ask({ 'x-model-version': '1' });
      await traffic({});
      const active = await ask();
      expect([canary, forced, active].map(({ model_version }) => model_version)).toEqual([2, 1, 1]);
      const roles = (await service.history()).history.map(({ role }) => role);
      expect(roles).toEqual(['canary', 'forced', undefined]);
      for (const [role, { id }] of Object.entries({ canary, forced, active }))
        expect((await service.history(`?role=${role}`)).history.map(({ _id }) => _id)).toEqual([id]);
    });

    it('answers by the active version what does not fit the canary, and counts it', async () => {
      await client.load('/model/load/?activate=false', {}, onnx('named-inputs'));
      await traffic({ canary: { version: 3, percent: 100 } });
      expect(await ask()).toMatchObject({ status: 200, model_version: 1 });
      expect(await metric('scorekeeper_canary_fallbacks_total')).toBe(1);
      const { distance: _gone, ...rest } = FLIGHT;
      expect(await ask({}, rest)).toMatchObject({ status: 422, code: 'FEATURES_INVALID' });
      expect((await service.history('?role=all')).history).toMatchObject([{ model_version: 1 }]);
    });

    it('answers by the active version what the canary cannot score', async () => {
      await client.load('/models/four/load/', {}, onnx('isolation-forest'));
      await client.load('/models/four/load/?activate=false', {}, onnx('linear-regression'));
      await traffic({ canary: { version: 2, percent: 100 } }, 'four');
      const { features } = (await client.get('/models/four/versions/1/signature')).body;
      const row = (value: number) => Object.fromEntries(features!.map(({ name }) => [name, value]));
      expect(await ask({}, row(0.5), 'four')).toMatchObject({ status: 200, model_version: 2 });
      expect(await ask({}, row(3e38), 'four')).toMatchObject({ status: 200, model_version: 1 });
      expect(await metric('scorekeeper_canary_fallbacks_total')).toBe(1);
    });

    it('counts as no fallback what the active version cannot score either', async () => {
      await client.load('/models/four/load/', {}, onnx('isolation-forest'));
      await client.load('/models/four/load/?activate=false', {}, onnx('linear-regression'));
      await traffic({ canary: { version: 2, percent: 100 } }, 'four');
      const { features } = (await client.get('/models/four/versions/1/signature')).body;
      const row = Object.fromEntries(features!.map(({ name }) => [name, 1e300]));
      expect(await ask({}, row, 'four')).toMatchObject({ status: 422, code: 'VALUE_OUT_OF_TYPE' });
      expect(await metric('scorekeeper_canary_fallbacks_total')).toBe(0);
    });

    it('swaps and changes it under load without a failure', async () => {
      let isOver = false;
      const statuses = new Set<number>();
      const load = Promise.all(
        keys(8).map(async (key) => {
          while (!isOver) statuses.add((await ask({ 'x-routing-key': key })).status);
        }),
      );
      for (const percent of [10, 50, 100]) await traffic({ canary: { version: 2, percent } });
      await client.ask('POST', '/model/versions/2/activate');
      await client.ask('POST', '/model/rollback');
      await traffic({ shadows: [2] });
      isOver = true;
      await load;
      expect([...statuses]).toEqual([200]);
    });
  });

  describe('with a forced version', () => {
    beforeEach(async () => {
      await start({ WARM_VERSIONS: '0' });
      await client.register();
      for (const wanted of [{ shadows: [2] }, {}]) await traffic(wanted);
    });

    it.each([
      ['7', 404, 'VERSION_NOT_FOUND'],
      ['2', 409, 'VERSION_NOT_LOADED'],
      ['two', 400, 'HEADER_INVALID'],
      ['1.5', 400, 'HEADER_INVALID'],
      ['', 400, 'HEADER_INVALID'],
    ])('refuses %j: %d %s, and keeps nothing', async (version, status, code) => {
      expect(await ask({ 'x-model-version': version })).toMatchObject({ status, code });
      expect((await service.history('?role=all')).history).toEqual([]);
    });
  });

  describe('with a shadow', () => {
    it('has each answered row scored by it, too, and kept apart, as a pair of the answer', async () => {
      await start();
      await client.register();
      await traffic({ shadows: [2] });
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, i) => ask({}, { ...FLIGHT, distance: 100 + i })),
      );
      await ask({ 'x-model-version': '2' });
      const shadows = await shadowsOf(30);
      const scores = new Map(answers.map(({ id, score }) => [id, score]));
      expect(shadows).toHaveLength(30);
      for (const { role, request, score, model_version } of shadows)
        expect([role, model_version, score]).toEqual(['shadow', 2, expect.closeTo(scores.get(String(request))!, 9)]);
      expect(new Set(shadows.map(({ request }) => request))).toEqual(new Set(scores.keys()));
      expect((await service.history()).history).toHaveLength(31);
      expect((await service.history('?role=all')).history).toHaveLength(61);
    });

    it('takes the features of all versions in the traffic, each its own, and refuses what none knows', async () => {
      await start({ MODELS_DIR: join(root, 'models') });
      const { features } = (await client.get('/model/versions/2/signature')).body;
      const of2 = Object.fromEntries(features!.map((f) => [f.name, (f as { example?: unknown }).example]));
      const both = { ...of2, ...OF_VERSION_2, ...FLIGHT };
      expect((await ask({}, both)).status).toBe(422);
      await traffic({ shadows: [2] });
      expect(await ask({}, both)).toMatchObject({ status: 200, model_version: 1 });
      const [shadow] = await shadowsOf(1);
      expect(Object.keys(shadow!['features'] as object)).toEqual(features!.map(({ name }) => name));
      expect((await service.history()).history).toMatchObject([{ features: FLIGHT }]);
      expect(await ask({}, { ...both, gate: 'B4' })).toMatchObject({ status: 422, code: 'FEATURES_INVALID' });
      expect((await ask({}, FLIGHT)).status).toBe(200);
      await until(async () => (await metric('scorekeeper_shadow_skipped_total')) === 1);
      expect((await ask({ 'x-model-version': '2' }, FLIGHT)).status).toBe(422);
      expect(await ask({ 'x-model-version': '2' }, both)).toMatchObject({ status: 200, model_version: 2 });
    });

    it('answers though it fails, and counts that', async () => {
      await start();
      await client.load('/models/four/load/', {}, onnx('isolation-forest'));
      await client.load('/models/four/load/?activate=false', {}, onnx('linear-regression'));
      await traffic({ shadows: [2] }, 'four');
      const { features } = (await client.get('/models/four/versions/1/signature')).body;
      const row = Object.fromEntries(features!.map(({ name }) => [name, 3e38]));
      expect((await ask({}, row, 'four')).status).toBe(200);
      await until(async () => (await metric('scorekeeper_shadow_failed_total')) === 1);
      expect((await service.history('?role=shadow')).history).toEqual([]);
    });

    it('answers all before a slow one has scored the first few, and counts what it leaves out', async () => {
      await start({ SHADOW_QUEUE_ROWS: '5' });
      await client.load('/model/load/?activate=false', {}, SLOW_MODEL);
      await traffic({ shadows: [2] });
      const answers = await Promise.all(keys(60).map(() => ask()));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(await metric('scorekeeper_shadow_shed_total')).toBeGreaterThan(0);
      const counted = async () =>
        (await metric('scorekeeper_shadow_rows_total')) + (await metric('scorekeeper_shadow_shed_total'));
      await until(async () => (await counted()) === 60);
    });

    it('scores nothing for what is not kept', async () => {
      await start({ CAPTURE: 'off' });
      await client.register();
      await traffic({ shadows: [2] });
      expect((await ask()).status).toBe(200);
      expect(await metric('scorekeeper_shadow_waiting_rows')).toBe(0);
    });
  });
});
