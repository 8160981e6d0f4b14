import fc from 'fast-check';
import { type RawAnswer, RawConnection } from '../setup/raw-http.js';
import { FLIGHT, startAgain, startService, type TestService } from '../setup/service.js';

const BODY = JSON.stringify(FLIGHT);
const HEAD = `POST /model/predict/ HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n`;
const PREDICT = HEAD + BODY;
const LIVE = 'GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n';
const CASES = 1000;

const batchOf = (rows: string): string =>
  `POST /model/predict/batch/ HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${rows.length + 2}\r\n\r\n[${rows}]`;

describe('connections off the wire', () => {
  let service: TestService;
  let behind: TestService;
  beforeAll(async () => {
    service = await startService({ MAX_BODY_BYTES: '2000' });
    behind = await startAgain({ MAX_BODY_BYTES: '2000', FAST_LANE: 'off' });
  });
  afterAll(async () => {
    await service.stop();
    await behind.stop();
  });

  const statusesOf = async (count: number, ...parts: string[]): Promise<number[]> => {
    const connection = await RawConnection.open(service.url);
    await connection.send(...parts);
    const answers = await connection.answers(count);
    connection.destroy();
    return answers.map(({ status }) => status);
  };

  it.each([
    ['in one packet', [PREDICT]],
    ['with the body in a packet of its own', [HEAD, BODY]],
    ['with a head in pieces', [HEAD.slice(0, 30), HEAD.slice(30) + BODY]],
    ['with a body in pieces', [HEAD + BODY.slice(0, 10), BODY.slice(10, 20), BODY.slice(20)]],
  ])('are answered when a request comes %s', async (_, parts) => {
    expect(await statusesOf(1, ...parts)).toEqual([200]);
  });

  it('are answered in order when requests come before the answers to those before them', async () => {
    const wrong = PREDICT.replace('"distance"', '"distanze"');
    expect(await statusesOf(5, PREDICT + wrong + LIVE + PREDICT + wrong)).toEqual([200, 422, 200, 200, 422]);
  });

  it('are answered in order when there are batches among the requests, short ones and long ones', async () => {
    const many = [2, 400].map((rows) => batchOf(Array(rows).fill(BODY).join()));
    const refused = batchOf(`${Array(600).fill('{}').join()}`);
    const statuses = await statusesOf(6, PREDICT + many[0] + PREDICT + refused + LIVE + many[1]);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it('go on with whatever else is asked on them', async () => {
    expect(await statusesOf(5, PREDICT, LIVE, PREDICT, LIVE, PREDICT)).toEqual([200, 200, 200, 200, 200]);
  });

  it('are answered for all that was asked before the client said that nothing more will come', async () => {
    const connection = await RawConnection.open(service.url);
    await connection.send(PREDICT.repeat(30));
    expect((await connection.last()).map(({ status }) => status)).toEqual(Array(30).fill(200));
  });

  it('leave nothing behind on a connection that asks for many rows again and again', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const rows = {
      name: 'rows',
      shape: [2, 8],
      datatype: 'FP64',
      data: [Object.values(FLIGHT), Object.values(FLIGHT)],
    };
    const body = JSON.stringify({ inputs: [{ ...rows, data: rows.data.flat() }] });
    const head = `POST /v2/models/flight-delay/infer HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n`;
    expect(await statusesOf(20, (head + body).repeat(20))).toEqual(Array(20).fill(200));
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('end with the service, also those that their clients leave open', async () => {
    const third = await startAgain();
    const connection = await RawConnection.open(third.url);
    const stopped = third.stop();
    await connection.send(PREDICT);
    const [answer] = await connection.answers(1);
    expect(answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
    await stopped;
    connection.destroy();
  });

  it('answer who has said that nothing more will come, and end', async () => {
    const connection = await RawConnection.open(service.url);
    await connection.send(PREDICT);
    const [answer] = await connection.last();
    expect(answer).toMatchObject({ status: 200 });
  });

  it('end when nothing has been asked for the time that they say', async () => {
    const connection = await RawConnection.open(service.url);
    await connection.send(PREDICT);
    const [{ headers }] = (await connection.answers(1)) as [RawAnswer];
    expect(headers).toMatchObject({ connection: 'keep-alive', 'keep-alive': 'timeout=5' });
    await connection.whenEnded();
  }, 15_000);

  it('do not keep in memory what a client sends without reading its answers', async () => {
    const connection = await RawConnection.open(service.url, { isReading: false });
    await connection.sendUntilHeldUp(PREDICT);
    expect((await service.predict(FLIGHT)).status).toBe(200);
    connection.destroy();
  });

  it(`are answered as node:http and Express answer, whatever the bytes (${CASES} requests that are nearly right)`, async () => {
    const spoil = fc.record({
      at: fc.nat(HEAD.length + 5),
      cut: fc.nat(3),
      put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 2, unit: fc.constantFrom(...CHARACTERS) })),
    });
    const property = fc.asyncProperty(spoil, async ({ at, cut, put }) => {
      const bytes = PREDICT.slice(0, at) + put + PREDICT.slice(at + cut);
      expect(await everyAnswer(service, bytes)).toEqual(await everyAnswer(behind, bytes));
    });
    await fc.assert(property, { numRuns: CASES, seed: 20130101 });
  }, 60_000);
});

const CHARACTERS = ['\r', '\n', '\t', ' ', ':', ';', ',', '?', '%', '#', '/', '\0', '\x80', 'a', 'Z', '0', '9'];
const PIECES = [
  'Transfer-Encoding: chunked\r\n',
  'Content-Length: 5\r\n',
  'Content-Length:\r\n',
  'Connection: close\r\n',
  'Connection: keep-alive, close\r\n',
  'Expect: 100-continue\r\n',
  'Upgrade: h2c\r\nConnection: Upgrade\r\n',
  'X-Model-Version: 1\r\n',
  'X-Model-Version: 9\r\n',
  ' folded\r\n',
  '\r\n',
  '\n',
  'POST ',
];

/** Every answer to some bytes and the end of the sending, without what differs from one time to the next. */
async function everyAnswer({ url }: TestService, bytes: string): Promise<unknown[]> {
  const connection = await RawConnection.open(url);
  await connection.send(bytes);
  return heard(await connection.last()).map(({ status, headers, body }) => {
    const { date: _, ...rest } = headers;
    return mask(JSON.stringify([status, Object.entries(rest).map(String).toSorted(), body]));
  });
}

// node:http forgets an answer that is still to come when what follows its request is no HTTP: here a body that is cut.
function heard(answers: RawAnswer[]): RawAnswer[] {
  const isBroken = answers.at(-1)?.body === '' && answers.at(-1)?.status === 400;
  return isBroken ? answers.filter(({ body }) => !body.includes('BODY_NOT_JSON')) : answers;
}

function mask(text: string): string {
  return text.replace(/[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an-id');
}
