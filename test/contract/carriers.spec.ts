import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
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

const FORCED = { ...json, 'x-model-version': '1' };

const BATCHES: Readonly<Record<string, Omit<Sent, 'path'>>> = {
  'rows that fit': { headers: json, body: `[${good},${good}]` },
  'a charset': { headers: { 'content-type': 'application/json; charset=utf-8' }, body: `[${good}]` },
  'a row that does not fit': { headers: json, body: `[${good},{"distance":"far"},7,${good}]` },
  'a warning, and a text of long characters': {
    headers: json,
    body: JSON.stringify([
      { ...FLIGHT, distance: 9999 },
      { ...FLIGHT, ü: '→' },
    ]),
  },
  'an empty array': { headers: json, body: '[]' },
  'white space around an array': { headers: json, body: ` [ ${good} , ${good} ] \n` },
  'text behind an array': { headers: json, body: `[${good}] x` },
  'no JSON': { headers: json, body: 'x' },
  'an array that is cut': { headers: json, body: `[${good},${good.slice(0, 50)}` },
  'an array that is no JSON from some row on': { headers: json, body: `[${good},${good}}` },
  'an object': { headers: json, body: good },
  'no body': { headers: json, body: '' },
  'no UTF-8': { headers: json, body: Buffer.from([0x5b, 0x7b, 0xff, 0x7d, 0x5d]) },
  'a version': { headers: FORCED, body: `[${good}]` },
  'a version that is not there': { headers: { ...FORCED, 'x-model-version': '9' }, body: `[${good}]` },
  'a header that is wrong': { headers: { ...FORCED, 'x-model-version': 'x' }, body: `[${good}]` },
  'an answer that is longer than what is held': { headers: json, body: `[${Array(2500).fill('{}').join()}]` },
  '2,500 rows': { headers: json, body: `[${Array(2500).fill(good).join()}]` },
  '1,500 rows in a body that is held': { headers: json, body: `[${Array(1500).fill(good).join()}]` },
  'lines of JSON': { headers: { 'content-type': 'application/x-ndjson' }, body: good },
  'no content type': { body: `[${good}]` },
  chunks: { headers: json, body: `[${good}]`, isChunked: true },
  gzip: { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(`[${good}]`) },
};
const BATCH = '/model/predict/batch/';

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

    it.each(Object.entries(BATCHES))('answer a batch alike: %s', async (_, sent) => {
      const asked = { ...sent, path: BATCH, headers: { ...sent.headers, connection } };
      expect(await answerOf(lane, asked)).toEqual(await answerOf(express, asked));
    });
  });

  it('answer a batch of HTTP/1.0 alike: without chunks, so without trailers', async () => {
    const head = `POST ${BATCH} HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: ${good.length + 2}`;
    const [one, other] = await Promise.all([lane, express].map((to) => linesOf(to, `${head}\r\n\r\n[${good}]`)));
    expect(one).toEqual(other);
    expect(one).toContain('HTTP/1.1 200 OK');
    expect(one!.join()).toContain('"model_version":1');
    expect(one!.join()).not.toMatch(/chunked|X-Total-Rows/);
  });

  it('count a batch that comes in one piece as what it is at a door: a request', async () => {
    const before = await countIn(lane);
    await answerOf(lane, { path: BATCH, headers: json, body: `[${good},${good}]` });
    expect(await countIn(lane)).toBe(before + 1);
  });

  it('say what is in a batch behind its rows', async () => {
    const answer = await answerOf(lane, { path: BATCH, headers: json, body: `[${good},{}]` });
    expect(answer).toMatchObject({ trailers: { 'x-total-rows': '2', 'x-refused-rows': '1' } });
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
        const { statusCode: status, trailers } = response;
        resolve({ status, headers: mask(rest), body: mask(Buffer.concat(chunks).toString()), trailers });
      });
    });
    request.on('error', reject);
    if (isChunked) request.write(body.slice(0, 5));
    request.end(isChunked ? body.slice(5) : body);
  });
}

async function countIn(service: TestService): Promise<number> {
  const metrics = await (await service.fetch('/metrics')).text();
  return Number(/^scorekeeper_prediction_requests_total\{status="200"\} (\d+)$/m.exec(metrics)![1]);
}

/** All lines that come back until the service ends the connection, in alphabetical order. */
async function linesOf({ url }: TestService, bytes: string): Promise<string[]> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  const lines = mask(await text(socket)).split('\r\n');
  return lines.filter((line) => !line.startsWith('Date: ')).toSorted();
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function mask(value: unknown): string {
  const sorted = typeof value === 'string' ? value : JSON.stringify(Object.entries(value as object).toSorted(byName));
  return sorted.replace(/[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an-id');
}
