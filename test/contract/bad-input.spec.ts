import { FLIGHT, jsonPost, startService, type TestService } from '../setup/service.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: BodyInit, headers: Record<string, string> = JSON_TYPE): RequestInit => ({
  method: 'POST',
  headers,
  body,
});
const predict = '/model/predict/';
const load = '/model/load/';

interface BadRequest {
  readonly why: string;
  readonly path: string;
  readonly init?: RequestInit;
  readonly status: number;
  readonly code: string;
}

const REQUESTS: readonly BadRequest[] = [
  { why: 'no body', path: predict, init: { method: 'POST', headers: JSON_TYPE }, status: 400, code: 'BODY_NOT_JSON' },
  { why: 'a body that is not JSON', path: predict, init: post('{"a":'), status: 400, code: 'BODY_NOT_JSON' },
  {
    why: 'a NaN, which JSON has not',
    path: predict,
    init: post('{"distance":NaN}'),
    status: 400,
    code: 'BODY_NOT_JSON',
  },
  {
    why: 'broken UTF-8',
    path: predict,
    init: post(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
    status: 400,
    code: 'BODY_NOT_JSON',
  },
  { why: 'a list', path: predict, init: jsonPost([FLIGHT]), status: 400, code: 'BODY_NOT_AN_OBJECT' },
  { why: 'null', path: predict, init: jsonPost(null), status: 400, code: 'BODY_NOT_AN_OBJECT' },
  { why: 'a number', path: predict, init: jsonPost(7), status: 400, code: 'BODY_NOT_AN_OBJECT' },
  {
    why: 'plain text',
    path: predict,
    init: post(JSON.stringify(FLIGHT), { 'content-type': 'text/plain' }),
    status: 415,
    code: 'CONTENT_TYPE_WRONG',
  },
  {
    why: 'a form',
    path: predict,
    init: post('a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    status: 415,
    code: 'CONTENT_TYPE_WRONG',
  },
  {
    why: 'another charset',
    path: predict,
    init: post('{}', { 'content-type': 'application/json; charset=latin1' }),
    status: 415,
    code: 'CONTENT_TYPE_WRONG',
  },
  {
    why: 'an unknown encoding',
    path: predict,
    init: post('{}', { ...JSON_TYPE, 'content-encoding': 'snappy' }),
    status: 415,
    code: 'CONTENT_TYPE_WRONG',
  },
  {
    why: 'bytes that are not the gzip they say',
    path: predict,
    init: post('{}', { ...JSON_TYPE, 'content-encoding': 'gzip' }),
    status: 400,
    code: 'REQUEST_MALFORMED',
  },
  { why: 'a body of 50 MB', path: predict, init: post('x'.repeat(50_000_000)), status: 413, code: 'BODY_TOO_LARGE' },
  {
    why: 'deep nesting',
    path: predict,
    init: post(`{"distance":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    status: 422,
    code: 'FEATURES_INVALID',
  },
  { why: 'no features', path: predict, init: jsonPost({}), status: 422, code: 'FEATURES_INVALID' },
  {
    why: '10,000 features',
    path: predict,
    init: jsonPost(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, i]))),
    status: 422,
    code: 'FEATURES_INVALID',
  },
  {
    why: '__proto__',
    path: predict,
    init: post(JSON.stringify(FLIGHT).replace('{', '{"__proto__":{"distance":1},')),
    status: 422,
    code: 'FEATURES_INVALID',
  },
  {
    why: 'null for a number',
    path: predict,
    init: jsonPost({ ...FLIGHT, pres: null }),
    status: 422,
    code: 'FEATURES_INVALID',
  },
  {
    why: 'text for a number',
    path: predict,
    init: jsonPost({ ...FLIGHT, pres: '1011' }),
    status: 422,
    code: 'FEATURES_INVALID',
  },
  {
    why: 'a number beyond every double',
    path: predict,
    init: post(JSON.stringify(FLIGHT).replace('1011', '1e400')),
    status: 422,
    code: 'FEATURES_INVALID',
  },
  {
    why: 'a number beyond int64',
    path: predict,
    init: post(JSON.stringify(FLIGHT).replace('1059', '1e30')),
    status: 422,
    code: 'FEATURES_INVALID',
  },
  { why: 'an unknown path', path: '/nowhere', status: 404, code: 'ROUTE_UNKNOWN' },
  { why: 'the wrong method', path: predict, status: 405, code: 'METHOD_NOT_ALLOWED' },
  {
    why: 'the wrong method on health',
    path: '/health/',
    init: { method: 'DELETE' },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
  },
  { why: 'a malformed % escape', path: '/model/%E0%A4%A', status: 400, code: 'REQUEST_MALFORMED' },
  { why: 'a malformed % escape in the query', path: '/model/history/?from=%zz', status: 400, code: 'QUERY_INVALID' },
  { why: 'an object as limit', path: '/model/history/?limit[$gt]=1', status: 400, code: 'QUERY_INVALID' },
  { why: 'a limit of 0', path: '/model/history/?limit=0', status: 400, code: 'QUERY_INVALID' },
  { why: 'a limit over 10,000', path: '/model/history/?limit=10001', status: 400, code: 'QUERY_INVALID' },
  { why: 'a limit twice', path: '/model/history/?limit=1&limit=2', status: 400, code: 'QUERY_INVALID' },
  { why: 'a from that is no moment', path: '/model/history/?from=x', status: 400, code: 'QUERY_INVALID' },
  { why: 'a day that there is not', path: '/model/history/?to=2026-02-30', status: 400, code: 'QUERY_INVALID' },
  { why: 'a leap day of no leap year', path: '/model/history/?to=2026-02-29', status: 400, code: 'QUERY_INVALID' },
  {
    why: 'a day that is not in the calendar',
    path: '/model/history/?to=2026-13-45',
    status: 400,
    code: 'QUERY_INVALID',
  },
  { why: 'an unknown order', path: '/model/history/?order=up', status: 400, code: 'QUERY_INVALID' },
  { why: 'an after that is no id', path: '/model/history/?after=1', status: 400, code: 'QUERY_INVALID' },
  { why: 'an unknown parameter', path: '/model/history/?offset=1', status: 400, code: 'QUERY_INVALID' },
  { why: 'JSON as an upload', path: load, init: jsonPost({ file: 'x' }), status: 415, code: 'CONTENT_TYPE_WRONG' },
  {
    why: 'a multipart body without boundary',
    path: load,
    init: post('x', { 'content-type': 'multipart/form-data' }),
    status: 400,
    code: 'UPLOAD_MALFORMED',
  },
  {
    why: 'a multipart body that is cut',
    path: load,
    init: post('--b\r\nContent-Disposition: form-data; name="file"; filename="m.onnx"\r\n\r\nabc', {
      'content-type': 'multipart/form-data; boundary=b',
    }),
    status: 400,
    code: 'UPLOAD_MALFORMED',
  },
  {
    why: 'an upload without a part file',
    path: load,
    init: { method: 'POST', body: form('other', 'm.onnx', 'x') },
    status: 400,
    code: 'UPLOAD_MALFORMED',
  },
  {
    why: 'an ending that is not taken',
    path: load,
    init: { method: 'POST', body: form('file', 'm.exe', 'x') },
    status: 400,
    code: 'UPLOAD_ENDING',
  },
  {
    why: 'an empty file',
    path: load,
    init: { method: 'POST', body: form('file', 'm.onnx', '') },
    status: 400,
    code: 'MODEL_EMPTY',
  },
];

function form(field: string, fileName: string, content: string): FormData {
  const body = new FormData();
  body.set(field, new Blob([content]), fileName);
  return body;
}

describe('bad input', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it.each(REQUESTS)('refuses $why with $status $code', async ({ path, init, status, code }) => {
    const response = await service.fetch(path, init);
    const problem = (await response.json()) as { detail: string };
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect({ status: response.status, ...problem }).toMatchObject({ status, code });
    expect(problem.detail).toEqual(expect.any(String));
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|at .*:\d+:\d+/);
  });

  it('names the feature, what came and what is expected', async () => {
    const problem = await (await service.predict({ ...FLIGHT, distance: 'far' })).json();
    expect(problem).toMatchObject({
      title: 'Unprocessable Content',
      detail: expect.stringContaining('feature "distance" "far" is not a number'),
      errors: [{ feature: 'distance', problem: '"far" is not a number', expected: 'a number, 80 to 4983 (miles)' }],
    });
  });

  it('names the methods that a path takes', async () => {
    expect((await service.fetch(predict)).headers.get('allow')).toBe('POST');
  });

  it('has recorded nothing of it, is healthy, and serves the old model', async () => {
    expect((await service.history()).history).toEqual([]);
    expect((await service.fetch('/health/ready')).status).toBe(200);
    expect(await (await service.predict(FLIGHT)).json()).toMatchObject({ model_version: 1 });
  });
});
