// Guards of canaries: promoted or ended by rules, with the reason in the events.
import { readFileSync } from 'node:fs';
import { RegistryClient } from '../setup/registry-client.js';
import { jsonPost, startService, type TestService } from '../setup/service.js';

const RULES = {
  min_rows: 20,
  max_error_rate_increase: 0.01,
  max_latency_ratio: 1000,
  max_score_shift: 0.5,
  after_minutes: 0,
};
const PROMOTE = rulesWith('promote');
const onnx = (name: string): Buffer =>
  readFileSync(new URL(`../../libs/convert/fixtures/onnx/${name}.onnx`, import.meta.url));
const FOREST = onnx('isolation-forest');
// Takes the same features, scores otherwise, and cannot score what is too large for it.
const LINEAR = onnx('linear-regression');
const PATIENCE_MS = 20_000;

function rulesWith(deed: string): object {
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the wire form, never a function
  return { ...RULES, then: deed };
}

describe('a guard', () => {
  let service: TestService;
  let client: RegistryClient;
  beforeEach(async () => {
    service = await startService({ GUARD_EVERY_MS: '200' });
    client = new RegistryClient(service);
    await client.load('/models/four/load/', {}, FOREST);
  });
  afterEach(() => service.stop());

  const guard = async () => (await client.get('/models/four/guard')).body;
  const traffic = async () => (await client.get('/models/four/traffic')).body;
  const setGuard = (rules: object) => client.send('PUT', '/models/four/guard', rules);
  const setTraffic = (wanted: object) => client.send('PUT', '/models/four/traffic', wanted);

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error(`it has not come to that: ${JSON.stringify(await guard())}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function watch(canary: Buffer, rules: object): Promise<void> {
    await client.load('/models/four/load/?activate=false', {}, canary);
    await setTraffic({ canary: { version: 2, percent: 50 } });
    expect((await setGuard(rules)).status).toBe(200);
    await until(async () => (await guard())['watching_since'] !== undefined);
  }

  async function ask(valueOf: (i: number) => number, count = 120): Promise<void> {
    const { features } = (await client.get('/models/four/versions/1/signature')).body;
    const rows = Array.from({ length: count }, (_, i) => features!.map(({ name }) => [name, valueOf(i)]));
    const answers = rows.map((row) => service.fetch('/models/four/predict/', jsonPost(Object.fromEntries(row))));
    for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
  }

  const deedsOfGuard = async () =>
    (await client.get('/models/four/events')).body.events!.filter(({ by }) => by === 'guard');

  async function expectDeed(deed: object, reason: RegExp): Promise<void> {
    await until(async () => (await deedsOfGuard()).length > 0);
    expect(await deedsOfGuard()).toEqual([
      expect.objectContaining({ ...deed, done: true, reason: expect.stringMatching(reason) as string }),
    ]);
  }

  it('promotes a canary that keeps to the rules, and says why with numbers', async () => {
    await watch(FOREST, PROMOTE);
    await ask((i) => i / 20);
    await until(async () => (await traffic())['active'] === 2);
    expect(await traffic()).toEqual({ active: 2, shadows: [] });
    const reason =
      /^canary 2 kept to the rules: error rate 0 beside 0,.* ms a request .*score shift 0\.?\d*, .* rows of the canary/;
    await expectDeed({ action: 'activate', version: 2 }, reason);
    await until(async () => (await guard())['reason'] === 'there is no canary');
  });

  it('ends a canary that scores differently', async () => {
    await watch(LINEAR, { ...PROMOTE, after_minutes: 10 });
    await ask((i) => i / 20);
    await until(async () => (await traffic())['canary'] === undefined);
    expect(await traffic()).toEqual({ active: 1, shadows: [] });
    await expectDeed(
      { action: 'traffic', version: 1 },
      /^canary 2 broke a rule: .*score shift (1|0\.[5-9]\d*), at most 0\.5/,
    );
  });

  it('ends a canary that cannot answer, though the active version answered in its place', async () => {
    await watch(LINEAR, { min_rows: 20, max_error_rate_increase: 0.01 });
    await ask(() => 3e38);
    await until(async () => (await traffic())['canary'] === undefined);
    await expectDeed({ action: 'traffic' }, /^canary 2 broke a rule: error rate 1 beside 0, at most 0\.01 more/);
  });

  it('leaves a canary that held where it is, where it is to keep it', async () => {
    await watch(FOREST, rulesWith('keep'));
    await ask((i) => i / 20);
    await until(async () => (await guard())['verdict'] === 'held');
    expect(await traffic()).toMatchObject({ active: 1, canary: { version: 2 } });
    expect(await deedsOfGuard()).toEqual([]);
  });

  it('begins anew when somebody changes the traffic, and does nothing to what they want', async () => {
    await watch(LINEAR, { ...PROMOTE, min_rows: 80 });
    await ask((i) => i / 20, 40);
    const { watching_since: before } = await guard();
    await setTraffic({ canary: { version: 2, percent: 0 } });
    await until(async () => (await guard())['watching_since'] !== before);
    await ask((i) => i / 20, 200);
    await until(async () => /^0 rows of the canary, 2\d\d /.test(String((await guard())['reason'])));
    expect(await traffic()).toMatchObject({ active: 1, canary: { version: 2, percent: 0 } });
    expect(await deedsOfGuard()).toEqual([]);
  });

  it.each<[string, object]>([
    ['no rule', { min_rows: 20 }],
    ['an unknown part', { max_score_shift: 0.2, max_errors: 3 }],
    ['a share above one', { max_score_shift: 1.5 }],
    ['a text for a number', { max_latency_ratio: '2' }],
    ['nothing for a number', { max_latency_ratio: 2, after_minutes: null }],
    ['a part of a row', { max_score_shift: 0.2, min_rows: 0.5 }],
    ['an unknown deed', rulesWith('delete')],
  ])('is refused with %s', async (_, rules) => {
    expect(await setGuard(rules)).toMatchObject({ status: 422, body: { code: 'GUARD_INVALID' } });
  });

  it('is set, shown and ended, each with who did it in the events', async () => {
    const missing = { status: 404, body: { code: 'GUARD_NOT_FOUND' } };
    expect(await client.get('/models/four/guard')).toMatchObject(missing);
    expect(await client.ask('DELETE', '/models/four/guard')).toMatchObject(missing);
    expect((await setGuard(PROMOTE)).body).toMatchObject(PROMOTE);
    expect(await guard()).toMatchObject(PROMOTE);
    expect((await client.ask('DELETE', '/models/four/guard', { headers: { 'x-user': 'mira' } })).status).toBe(204);
    expect(await client.get('/models/four/guard')).toMatchObject(missing);
    const { events } = (await client.get('/models/four/events?limit=2')).body;
    expect(events).toMatchObject([{ action: 'unguard', by: 'mira' }, { action: 'guard' }]);
    const nobody = await client.send('PUT', '/models/nobody/guard', RULES);
    expect(nobody).toMatchObject({ status: 404, body: { code: 'MODEL_NOT_FOUND' } });
  });
});
