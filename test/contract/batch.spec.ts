import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { FEATURES, type Row } from '../setup/open-inference.js';
import { FLIGHT, startService, type TestService } from '../setup/service.js';

const BATCH = '/model/predict/batch/';
const ROWS: Row[] = Array.from({ length: 2500 }, (_, at) => ({ ...FLIGHT, distance: 100 + at }));

const csv = (rows: readonly object[]): string =>
  [FEATURES.join(','), ...rows.map((row) => Object.values(row).join(','))].join('\r\n');
const ndjson = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

// A line with an ü as it is in Latin-1.
const LATIN_1 = Buffer.from('\n\xfc', 'latin1');

interface Answer {
  readonly score?: number;
  readonly id?: string;
  readonly line?: number;
  readonly error?: string;
}

const fromCsv = (text: string): Answer[] => {
  const [head, ...lines] = text.trimEnd().split('\r\n');
  expect(head).toBe('line,score,label,model_version,id,error');
  return lines.map((line) => {
    const [number, score, , , id, ...error] = line.split(',');
    if (score !== '') return { line: Number(number), score: Number(score), id: id! };
    return { line: Number(number), error: error.join(',') };
  });
};
const fromNdjson = (text: string): Answer[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
const fromJson = (text: string): Answer[] => JSON.parse(text) as Answer[];

type Form = readonly [
  type: string,
  write: (rows: readonly object[]) => string,
  read: (text: string) => Answer[],
  lineOfFirst: number,
];
const FORMS: Form[] = [
  ['text/csv', csv, fromCsv, 2],
  ['application/x-ndjson', ndjson, fromNdjson, 1],
  ['application/json', JSON.stringify, fromJson, 1],
];

describe('POST /model/predict/batch/', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ CAPTURE_OPTIONAL: 'true', MAX_BODY_BYTES: '20000' });
  });
  afterAll(() => service.stop());

  const post = (type: string, body: string | Buffer, query = ''): Promise<Response> =>
    service.fetch(BATCH + query, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : Uint8Array.from(body),
    });
  const count = async (): Promise<number> => (await service.history()).history.length;

  it.each(FORMS)('answers %s in its form, row for row, and keeps every row', async (type, write, read) => {
    const before = await count();
    const response = await post(type, write(ROWS));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    const answers = read(await response.text());
    const { history } = await service.history(`?order=desc&limit=${ROWS.length}`);
    expect(answers.map(({ id, score }) => [id, score])).toEqual(
      history.toReversed().map(({ _id, score }) => [_id, score]),
    );
    expect(history.toReversed().map(({ features }) => features)).toEqual(ROWS);
    expect(await count()).toBe(before + ROWS.length);
  });

  it.each(FORMS)('gives a bad row of %s its own line and goes on', async (type, write, read, lineOfFirst) => {
    const rows: object[] = [...ROWS];
    for (const at of [0, 7, 1500]) rows[at] = { ...FLIGHT, distance: 'far' };
    const answers = read(await (await post(type, write(rows))).text());
    expect(answers.length).toBe(rows.length);
    const refused = answers.filter(({ error }) => error !== undefined);
    expect(refused.map(({ line }) => line)).toEqual([0, 7, 1500].map((at) => at + lineOfFirst));
    expect(refused[0]!.error).toMatch(/distance.*far.*is not a number/);
  });

  it.each(FORMS)('ends %s at the first bad row with on_error=stop', async (type, write, read) => {
    const rows: object[] = [...ROWS];
    rows[7] = { ...FLIGHT, distance: 'far' };
    const answers = read(await (await post(type, write(rows), '?on_error=stop')).text());
    expect(answers.length).toBe(8);
    expect(answers[7]!.error).toBeDefined();
  });

  it.each<[string, string, string]>([
    ['text/csv', `${csv([FLIGHT])}\r\n1,2\r\n${Object.values(FLIGHT).join(',')}`, 'the row has 2 values'],
    ['text/csv', `${csv([FLIGHT])}\r\n1,"2"3,4\r\n${Object.values(FLIGHT).join(',')}`, 'the row has 3 values'],
    ['application/x-ndjson', `${ndjson([FLIGHT])}\n{"a":\n${ndjson([FLIGHT])}`, 'the row is not JSON'],
    ['application/x-ndjson', `${ndjson([FLIGHT])}\n[]\n${ndjson([FLIGHT])}`, 'not a JSON object'],
    ['application/json', `[${ndjson([FLIGHT])},7,${ndjson([FLIGHT])}]`, 'not a JSON object'],
  ])('goes on behind a row of %s that cannot be read', async (type, body, error) => {
    const read = FORMS.find(([name]) => name === type)![2];
    const answers = read(await (await post(type, body)).text());
    expect(answers.map((answer) => answer.error !== undefined)).toEqual([false, true, false]);
    expect(answers[1]!.error).toContain(error);
  });

  it.each<[string, string | Buffer, string]>([
    ['application/json', `[${ndjson([FLIGHT])},`, 'ends behind row 1'],
    ['application/json', `[${ndjson([FLIGHT])}} `, 'cannot be read behind row 1'],
    ['application/x-ndjson', `${ndjson([FLIGHT])}\n"${'x'.repeat(30_000)}`, 'longer than 20000'],
    ['text/csv', `${csv([FLIGHT])}\r\n"${'x'.repeat(30_000)}`, 'Max Record Size'],
    ['application/x-ndjson', Buffer.concat([Buffer.from(ndjson(ROWS)), LATIN_1]), 'not UTF-8'],
    ['text/csv', Buffer.concat([Buffer.from(csv(ROWS)), LATIN_1]), 'not UTF-8'],
  ])('says at the end of %s that it cannot be read any further', async (type, body, error) => {
    const read = FORMS.find(([name]) => name === type)![2];
    const answers = read(await (await post(type, body)).text());
    expect(answers[0]!.score).toEqual(expect.any(Number));
    expect(answers.at(-1)!.error).toContain(error);
  });

  it.each<[string, string, number]>([
    ['application/json', '{"a": 1}', 400],
    ['application/json', '', 400],
    ['application/json', 'x', 400],
    ['text/csv', '', 400],
    ['text/csv', 'a,a\n1,2', 400],
    ['text/csv', 'a, a\n1,2', 400],
    ['constructor', '1', 415],
    ['application/xml', '<a/>', 415],
    ['text/csv; charset=latin1', csv([FLIGHT]), 415],
  ])('answers a body of %s of which nothing can be read (%j) with %i', async (type, body, status) => {
    const response = await post(type, body);
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([
      status,
      expect.any(String),
    ]);
  });

  it.each(['gzip', 'deflate'])('answers a body that is not %s, though it says so, with 400', async (encoding) => {
    const headers = { 'content-type': 'text/csv', 'content-encoding': encoding };
    const response = await service.fetch(BATCH, { method: 'POST', headers, body: csv([FLIGHT]) });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'BATCH_MALFORMED', detail: expect.stringContaining('unpacked') as string }),
    ]);
  });

  it('takes all ends of lines in one file', async () => {
    const [names, row] = csv([FLIGHT]).split('\r\n');
    const answers = fromCsv(await (await post('text/csv', `${names}\n${row}\r\n${row}\r${row}\n`)).text());
    expect(answers.map(({ error, line }) => [error, Number(line)])).toEqual([
      [undefined, 2],
      [undefined, 3],
      [undefined, 4],
    ]);
  });

  it('answers an empty array and an empty stream with an empty one', async () => {
    expect(fromJson(await (await post('application/json', '[]')).text())).toEqual([]);
    expect(await (await post('application/x-ndjson', '')).text()).toBe('');
  });

  it('takes quoted fields, columns in any order, a mark of UTF-8, and packed bodies', async () => {
    const names = FEATURES.toReversed();
    const body = `\uFEFF${names.map((name) => `"${name}"`).join(',')}\n${names.map((name) => `"${FLIGHT[name]}"`).join(',')}\n`;
    const [plain] = fromCsv(await (await post('text/csv', csv([FLIGHT]))).text());
    const packed = await service.fetch(BATCH, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'content-encoding': 'gzip' },
      body: gzipSync(body),
    });
    expect(fromCsv(await packed.text())[0]!.score).toBe(plain!.score);
  });

  it('keeps no record with capture=false', async () => {
    const before = await count();
    const [answer] = fromNdjson(await (await post('application/x-ndjson', ndjson([FLIGHT]), '?capture=false')).text());
    expect(answer).toEqual({ score: expect.any(Number), model_version: 1 });
    expect(await count()).toBe(before);
  });

  const open = (type: string) => {
    const { hostname, port } = new URL(service.url);
    return request({ hostname, port, path: BATCH, method: 'POST', headers: { 'content-type': type } });
  };

  it('answers the first rows while the rest is still to come, and counts in its trailers', async () => {
    const call = open('application/x-ndjson');
    call.write(`${ndjson(ROWS.slice(0, 1000))}\n`);
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    const chunks = response[Symbol.asyncIterator]();
    let text = String((await chunks.next()).value);
    call.end(`${ndjson(ROWS.slice(1000, 1010))}\n{}`);
    for await (const chunk of { [Symbol.asyncIterator]: () => chunks }) text += String(chunk);
    expect(fromNdjson(text).length).toBe(1011);
    expect(response.trailers).toEqual({ 'x-total-rows': '1011', 'x-refused-rows': '1' });
  });

  it('stops when the client goes away', async () => {
    const before = await count();
    const call = open('application/x-ndjson');
    call.on('error', () => undefined);
    call.write(`${ndjson(ROWS.slice(0, 1500))}\n`);
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    await once(response, 'data');
    response.on('error', () => undefined);
    call.destroy();
    await service.predict(FLIGHT);
    // Chunks of 150 rows that were there may have been scored by then; the rest is not.
    const kept = (await count()) - before - 1;
    expect([kept % 150, kept > 0, kept < 1500]).toEqual([0, true, true]);
  });
});

describe('a batch', () => {
  it('is kept whatever the caller says, unless CAPTURE_OPTIONAL allows otherwise', async () => {
    const service = await startService({ REQUEST_TIMEOUT_MS: '1000', HEADERS_TIMEOUT_MS: '500' });
    const headers = { 'content-type': 'application/json' };
    const response = await service.fetch(`${BATCH}?capture=false`, { method: 'POST', headers, body: '[]' });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'CAPTURE_REQUIRED']);
    await service.stop();
  });

  it('may take longer to arrive than other requests, as long as it goes on', async () => {
    const service = await startService({ REQUEST_TIMEOUT_MS: '1000', HEADERS_TIMEOUT_MS: '500' });
    const { hostname, port } = new URL(service.url);
    const headers = { 'content-type': 'application/x-ndjson' };
    const call = request({ hostname, port, path: BATCH, method: 'POST', headers });
    for (let second = 0; second < 6; second++) {
      call.write(`${JSON.stringify(FLIGHT)}\n`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    call.end();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    expect(fromNdjson(text).length).toBe(6);
    await service.stop();
  });
});
