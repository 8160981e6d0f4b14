// A model of 20,000 steps a run (a Loop of Sin), some 50 ms: long enough to hold up everything else, were it scored beside the requests.
import { readFileSync } from 'node:fs';
import { FLIGHT, jsonPost, startService, type TestService } from '../setup/service.js';

const SLOW_MODEL = readFileSync(new URL('../fixtures/slow.onnx', import.meta.url));

const QUEUE = 'scorekeeper_scoring_queue_ms';

describe('a slow model', () => {
  let service: TestService;

  const start = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
    service = await startService({ SCORING_THREADS: '1', ...environment });
    expect((await service.load('slow.onnx', SLOW_MODEL)).status).toBe(200);
  };

  afterEach(() => service.stop());

  it('leaves the service free for everything else while it scores', async () => {
    await start();
    const order: string[] = [];
    const scoring = Promise.all(
      Array.from({ length: 5 }, () => service.predict(FLIGHT).then(({ status }) => order.push(`scored ${status}`))),
    );
    for (let i = 0; i < 5; i++) await service.fetch('/health/live').then(() => order.push('live'));
    await scoring;
    expect(order.slice(0, 4)).toEqual(['live', 'live', 'live', 'live']);
    expect(order.filter((what) => what === 'scored 200')).toHaveLength(5);
  });

  it('is answered 503 with Retry-After when too much is waiting, and goes on', async () => {
    await start({ SCORING_QUEUE_MS: '100' });
    const answers = await Promise.all(Array.from({ length: 12 }, () => service.predict(FLIGHT)));
    const refused = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 200).length + refused.length).toBe(12);
    expect(await refused[0]!.json()).toMatchObject({ code: 'SCORING_QUEUE_FULL' });
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await metric('scorekeeper_scoring_refused_total')).toBe(refused.length);
    expect((await service.predict(FLIGHT)).status).toBe(200);
  });

  it.each([
    ['row', '/model/predict/', FLIGHT],
    ['batch', '/model/predict/batch/', [FLIGHT, FLIGHT]],
    ['batch that Express carries', '/model/predict/batch/?capture=true', [FLIGHT, FLIGHT]],
  ])('does not score the %s of a client that has gone', async (_, path, asked) => {
    await start();
    const gone = new AbortController();
    const others = Array.from({ length: 20 }, () =>
      service.fetch(path, { ...jsonPost(asked), signal: gone.signal }).catch(() => 'gone'),
    );
    while ((await metric(QUEUE)) === 0);
    gone.abort();
    await Promise.all(others);
    // It is not behind twenty others, of 50 ms a row; some of them may have begun before their callers went.
    expect((await service.predict(FLIGHT)).status).toBe(200);
    expect(await metric(QUEUE)).toBeLessThan(500);
  });

  async function metric(name: string): Promise<number> {
    const text = await (await service.fetch('/metrics')).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)![1]);
  }
});
