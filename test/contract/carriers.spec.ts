import { Agent, request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { FLIGHT, startAgain, startService, type TestService } from '../setup/service.js';

interface Sent {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly isChunked?: boolean;
}

const json = { 'content-type': 'application/json' };
const good = JSON.stringify(FLIGHT);

const REQUESTS: Readonly<Record<string, Sent>> = {
  'a prediction': { headers: json, body: good },
  'a prediction without the slash': { path: '/model/predict', headers: json, body: good },
  'a prediction by the name of the model': { path: '/models/flight-delay/predict/', headers: json, body: good },
  'a value outside the training range': { headers: json, body: JSON.stringify({ ...FLIGHT, distance: 9999 }) },
  'a query': { path: '/model/predict/?a=1', headers: json, body: good },
  'a path with percent signs': { path: '/model/predic%74/', headers: json, body: good },
  'a path in capitals': { path: '/Model/Predict/', headers: json, body: good },
  'a charset': { headers: { 'content-type': 'application/json; charset=utf-8' }, body: good },
  'a byte order mark': { headers: json, body: `\uFEFF${good}` },
  gzip: { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(good) },
  'an unknown encoding': { headers: { ...json, 'content-encoding': 'zip' }, body: good },
  chunks: { headers: json, body: good, isChunked: true },
  'no body': { headers: json, body: '' },
  'no content type': { body: good },
  'another content type': { headers: { 'content-type': 'text/plain' }, body: good },
  'no JSON': { headers: json, body: '{' },
  'no UTF-8': { headers: json, body: Buffer.from([0x7b, 0xff, 0x7d]) },
  'a list': { headers: json, body: '[1]' },
  'a missing feature': { headers: json, body: '{}' },
  'a wrong type': { headers: json, body: JSON.stringify({ ...FLIGHT, distance: 'far' }) },
  'an unknown feature': { headers: json, body: JSON.stringify({ ...FLIGHT, __proto__x: 1 }) },
  'an unknown model': { path: '/models/nobody/predict', headers: json, body: good },
  'a body that is too large': { headers: json, body: `{"a":"${'x'.repeat(2 ** 21)}"}` },
};

// A connection that is to be closed leaves the wire lane at once: node:http carries its request to the fast lane.
const CONNECTIONS = ['keep-alive', 'close'] as const;

describe('the lanes and Express', () => {
  let lane: TestService;
  let express: TestService;
  beforeAll(async () => {
    lane = await startService();
    express = await startAgain({ FAST_LANE: 'off' });
  });
  afterAll(async () => {
    await lane.stop();
    await express.stop();
  });

  describe.each(CONNECTIONS)('over a connection that is "%s"', (connection) => {
    it.each(Object.entries(REQUESTS))('answer alike: %s', async (_, sent) => {
      const headers = { ...sent.headers, connection };
      expect(await answerOf(lane, { ...sent, headers })).toEqual(await answerOf(express, { ...sent, headers }));
    });
  });

  it('keep alike what they answered', async () => {
    for (const service of [lane, express]) await service.predict({ ...FLIGHT, distance: 1234 });
    // Each service sees its own writes: the last of both asked has seen both.
    await lane.history('?limit=1');
    const { history } = await express.history('?order=desc&limit=2');
    const [one, other] = history.map((record) => ({ ...record, _id: 'an-id', datetime: 'a time' }));
    expect(one).toEqual(other);
  });
});

/** The whole answer; what differs from one request to the next (ids, the date) is masked, its form is not. */
function answerOf(
  { url }: TestService,
  { path = '/model/predict/', headers = {}, body, isChunked }: Sent,
): Promise<object> {
  return new Promise((resolve, reject) => {
    const length = isChunked ? {} : { 'content-length': Buffer.byteLength(body) };
    const agent = new Agent({ keepAlive: true });
    const options = { method: 'POST', headers: { ...headers, ...length }, agent };
    const request = httpRequest(`${url}${path}`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        agent.destroy();
        const { date: _, ...rest } = response.headers;
        resolve({ status: response.statusCode, headers: mask(rest), body: mask(Buffer.concat(chunks).toString()) });
      });
    });
    request.on('error', reject);
    if (isChunked) request.write(body.slice(0, 5));
    request.end(isChunked ? body.slice(5) : body);
  });
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function mask(value: unknown): string {
  const sorted = typeof value === 'string' ? value : JSON.stringify(Object.entries(value as object).toSorted(byName));
  return sorted.replace(/[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an-id');
}
