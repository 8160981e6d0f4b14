import { deflateSync, gzipSync } from 'node:zlib';
import { FEATURES, type JsonTensor, matrixTensor, namedTensors } from '../setup/open-inference.js';
import { FLIGHT, ONNX_MODEL, startService, type TestService } from '../setup/service.js';

const INFER = '/v2/models/flight-delay/infer';
const ROWS = [FLIGHT, { ...FLIGHT, distance: 1400, clouds: 10 }];

interface Tensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Inferred {
  readonly model_name: string;
  readonly model_version: string;
  readonly id?: string;
  readonly outputs: readonly Tensor[];
}

describe('the Open Inference Protocol over HTTP', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ MAX_ROWS: '1000', MAX_TENSOR_BYTES: '200000' });
  });
  afterAll(() => service.stop());

  // As tritonclient sends: no Content-Type.
  const post = (path: string, body: unknown = '', headers: Record<string, string> = {}): Promise<Response> =>
    service.fetch(path, {
      method: 'POST',
      headers,
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    });
  const json = async (path: string): Promise<unknown> => (await service.fetch(path)).json();
  const infer = async (request: unknown): Promise<Inferred> => {
    const response = await post(INFER, request);
    expect(response.status).toBe(200);
    return (await response.json()) as Inferred;
  };
  const scores = async (): Promise<number[]> =>
    Promise.all(ROWS.map(async (row) => ((await (await service.predict(row)).json()) as { score: number }).score));
  const refusal = async (request: unknown): Promise<{ status: number; error: string }> => {
    const response = await post(INFER, request);
    return { status: response.status, ...((await response.json()) as { error: string }) };
  };

  it('tells that it is live and ready, and what it is', async () => {
    expect(await json('/v2/health/live')).toEqual({ live: true });
    expect(await json('/v2/health/ready')).toEqual({ ready: true });
    for (const path of ['/v2', '/v2/'])
      expect(await json(path)).toMatchObject({
        name: 'scorekeeper',
        extensions: expect.arrayContaining(['binary_tensor_data']),
      });
    expect(await json('/v2/models')).toEqual({ models: ['flight-delay'] });
  });

  it.each(['/v2/models/flight-delay', '/v2/models/flight-delay/versions/1'])(
    'describes the model at %s',
    async (at) => {
      expect(await json(at)).toEqual({
        name: 'flight-delay',
        versions: ['1'],
        platform: 'onnx_onnxv1',
        inputs: FEATURES.map((name) => ({ name, datatype: expect.stringMatching(/^(FP64|INT64)$/), shape: [-1, 1] })),
        outputs: [{ name: 'score', datatype: 'FP64', shape: [-1, -1] }],
      });
      expect(await json(`${at}/ready`)).toEqual({ name: 'flight-delay', ready: true });
    },
  );

  it.each(['/v2/models/other', '/v2/models/flight-delay/versions/7', '/v2/models/flight-delay/versions/x'])(
    'answers 404 with an error at %s, whatever is asked',
    async (at) => {
      for (const response of [
        await service.fetch(at),
        await service.fetch(`${at}/ready`),
        await post(`${at}/infer`, { inputs: [matrixTensor(ROWS)] }),
      ]) {
        expect(response.status).toBe(404);
        expect(await response.json()).toEqual({ error: expect.stringContaining('live') });
      }
    },
  );

  it('scores rows in the named and in the single layout as predict does', async () => {
    const expected = await scores();
    for (const inputs of [namedTensors(ROWS), namedTensors(ROWS).toReversed(), [matrixTensor(ROWS)]])
      expect(await infer({ id: 'é-1', inputs })).toEqual({
        model_name: 'flight-delay',
        model_version: '1',
        id: 'é-1',
        outputs: [{ name: 'score', datatype: 'FP64', shape: [2, 1], data: expected }],
      });
  });

  it('takes nested data, [N] shapes, parameters that it does not know, and a version', async () => {
    const nested = namedTensors(ROWS).map((tensor) => ({ ...tensor, data: tensor.data!.map((value) => [value]) }));
    const flat = namedTensors(ROWS).map((tensor) => ({ ...tensor, shape: [2], parameters: { content_type: 'np' } }));
    const expected = await scores();
    for (const inputs of [nested, flat]) {
      const response = await post('/v2/models/flight-delay/versions/1/infer', { inputs, parameters: { trace: true } });
      expect(((await response.json()) as Inferred).outputs[0]!.data).toEqual(expected);
    }
  });

  it('keeps every row in the history', async () => {
    await infer({ inputs: namedTensors(ROWS) });
    const { history } = await service.history('?order=desc&limit=2');
    expect(history.map(({ features }) => features)).toEqual(ROWS.toReversed());
  });

  it.each(['gzip', 'deflate'])('takes a body packed with %s', async (encoding) => {
    const text = Buffer.from(JSON.stringify({ inputs: namedTensors(ROWS) }));
    const body = encoding === 'gzip' ? gzipSync(text) : deflateSync(text);
    const response = await service.fetch(INFER, { method: 'POST', headers: { 'content-encoding': encoding }, body });
    expect(response.status).toBe(200);
  });

  it('refuses a small body that is large when unpacked', async () => {
    const body = gzipSync(Buffer.alloc(10_000_000, ' '));
    const response = await service.fetch(INFER, { method: 'POST', headers: { 'content-encoding': 'gzip' }, body });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ error: expect.any(String) });
  });

  it.each(['BOOL', 'UINT8', 'UINT16', 'UINT32', 'UINT64', 'INT8', 'INT16', 'INT32', 'INT64', 'FP32', 'FP64'])(
    'takes %s for a number',
    async (datatype) => {
      const value = datatype === 'BOOL' ? true : 1;
      const inputs = replaced('precip', { datatype, data: [value, value] });
      const { outputs } = await infer({ inputs });
      const plain = await infer({ inputs: namedTensors(ROWS.map((row) => ({ ...row, precip: 1 }))) });
      expect(outputs).toEqual(plain.outputs);
    },
  );

  const replaced = (name: string, change: Partial<JsonTensor>): JsonTensor[] =>
    namedTensors(ROWS).map((tensor) => (tensor.name === name ? { ...tensor, ...change } : tensor));

  it.each<[string, Partial<JsonTensor>, RegExp]>([
    ['fewer values than the shape says', { data: [1] }, /"snow" has 1 values, but its shape \[2,1\] says 2/],
    ['an unknown datatype', { datatype: 'FP128' }, /"snow" has the datatype "FP128"/],
    ['FP16 in JSON', { datatype: 'FP16' }, /"snow" is FP16, which has no JSON form/],
    ['a negative dimension', { shape: [-2, 1] }, /"snow" has the dimension -2/],
    ['a dimension that is no whole number', { shape: [2.5] }, /"snow" has the dimension 2.5/],
    ['a huge shape', { shape: [2 ** 52, 2 ** 52] }, /"snow" has the shape .* larger than any request/],
    ['no shape', { shape: [] }, /"snow" has the shape \[\]/],
    ['zero rows', { shape: [0, 1], data: [] }, /"snow" has the dimension 0/],
    ['two columns', { shape: [2, 2], data: [1, 2, 3, 4] }, /"snow" has the shape \[2, 2\]/],
    ['another number of rows', { shape: [3, 1], data: [1, 2, 3] }, /"snow" has 3 rows, but "sched_dep_time" has 2/],
    ['300 for UINT8', { datatype: 'UINT8', data: [1, 300] }, /"snow" holds 300 \(value 1\).*UINT8/],
    ['-1 for UINT64', { datatype: 'UINT64', data: [1, -1] }, /"snow" holds -1/],
    ['2^53 for INT64', { datatype: 'INT64', data: [1, 2 ** 53] }, /"snow" holds 9007199254740992/],
    ['1.5 for INT32', { datatype: 'INT32', data: [1, 1.5] }, /"snow" holds 1.5/],
    ['1e39 for FP32', { datatype: 'FP32', data: [1, 1e39] }, /"snow" holds 1e\+39/],
    ['a number for BOOL', { datatype: 'BOOL', data: [true, 1] }, /"snow" holds 1 \(value 1\).*BOOL/],
    ['a text for FP64', { data: [1, '1'] }, /"snow" holds "1"/],
    ['texts', { datatype: 'BYTES', data: ['a', 'b'] }, /"snow" is BYTES, but feature "snow" takes a number/],
    ['null where the model takes none', { data: [1, null] }, /"snow" is null/],
    ['ragged data', { data: [[1, 2], []] }, /"snow" has nested `data` whose lists/],
    ['an unknown name', { name: 'rain' }, /"rain" is not an input/],
    ['a name twice', { name: 'precip' }, /"precip" is there twice/],
  ])('refuses %s and names the tensor', async (_, change, message) => {
    const last = replaced('snow', change);
    expect(await refusal({ inputs: last })).toEqual({ status: 400, error: expect.stringMatching(message) });
  });

  it.each<[string, unknown, RegExp]>([
    ['no inputs', {}, /`inputs` is missing/],
    ['inputs that are no list', { inputs: {} }, /`inputs` is not a list/],
    ['an input that is no object', { inputs: [1] }, /an item of `inputs` is not a JSON object/],
    ['an input without a name', { inputs: [{ shape: [1] }] }, /has the name undefined/],
    ['a missing input', { inputs: namedTensors(ROWS).slice(1) }, /"sched_dep_time" is missing/],
    ['an id that is no text', { id: 7, inputs: [matrixTensor(ROWS)] }, /`id` is 7/],
    ['an unknown output', { inputs: [matrixTensor(ROWS)], outputs: [{ name: 'x' }] }, /"x" is not an output/],
    ['parameters that are a text', { parameters: 'x' }, /`parameters` of the request is not a JSON object/],
    [
      "an input's parameters that are a list",
      { inputs: [{ ...matrixTensor(ROWS), name: 'a"b', parameters: [] }] },
      /`parameters` of input "a\\"b" is not a JSON object/,
    ],
    [
      "an output's parameters that are a number",
      { inputs: [matrixTensor(ROWS)], outputs: [{ name: 'score', parameters: 1 }] },
      /`parameters` of output "score" is not a JSON object/,
    ],
    ['a list', [], /the request is not a JSON object/],
    ['NaN', '{"inputs":[{"name":"a","shape":[1],"datatype":"FP64","data":[NaN]}]}', /not JSON/],
    ['no JSON', 'hello', /not JSON/],
    ['nothing', '', /empty/],
  ])('refuses %s', async (_, request, message) => {
    expect(await refusal(request)).toEqual({ status: 400, error: expect.stringMatching(message) });
  });

  it('refuses more rows than MAX_ROWS and keeps nothing of what it refuses', async () => {
    const before = (await service.history()).history.length;
    const many = Array.from({ length: 1001 }, () => FLIGHT);
    expect(await refusal({ inputs: [matrixTensor(many)] })).toEqual({
      status: 413,
      error: expect.stringContaining('1001 rows are more than 1000'),
    });
    await refusal({ inputs: [matrixTensor(ROWS)], outputs: [{ name: 'x' }] });
    expect((await service.history()).history.length).toBe(before);
  });

  it('answers wrong paths and methods with an error too', async () => {
    const wrongMethod = await service.fetch(INFER);
    expect([wrongMethod.status, await wrongMethod.json()]).toEqual([405, { error: expect.any(String) }]);
    const wrongPath = await service.fetch('/v2/nothing');
    expect([wrongPath.status, await wrongPath.json()]).toEqual([404, { error: expect.any(String) }]);
  });

  it('lists, unloads and loads models', async () => {
    const index = async (body?: unknown): Promise<unknown> => (await post('/v2/repository/index', body)).json();
    const ready = { name: 'flight-delay', version: '1', state: 'READY', reason: '' };
    expect(await index()).toEqual([ready]);
    expect(await index({ ready: true })).toEqual([ready]);
    const unloaded = await post('/v2/repository/models/flight-delay/unload', {
      parameters: { unload_dependents: false },
    });
    expect([unloaded.status, await unloaded.json()]).toEqual([200, { name: 'flight-delay', unload: true }]);
    expect(await index()).toEqual([{ name: 'flight-delay', state: 'UNAVAILABLE', reason: 'unloaded' }]);
    expect(await index({ ready: true })).toEqual([]);
    expect((await refusal({ inputs: [matrixTensor(ROWS)] })).status).toBe(404);
    const loaded = await post('/v2/repository/models/flight-delay/load', {});
    expect([loaded.status, await loaded.json()]).toEqual([200, { name: 'flight-delay', load: true }]);
    await infer({ inputs: [matrixTensor(ROWS)] });
    for (const action of ['load', 'unload'])
      expect((await post(`/v2/repository/models/other/${action}`, {})).status).toBe(404);
  });

  it('follows a new version, and serves the one before it to whoever asks for it', async () => {
    expect((await service.load('model.onnx', ONNX_MODEL)).status).toBe(200);
    expect(await infer({ inputs: [matrixTensor(ROWS)] })).toMatchObject({ model_version: '2' });
    // The version before it is still in memory, and answers whoever asks for it.
    expect((await service.fetch('/v2/models/flight-delay/versions/1')).status).toBe(200);
    expect((await service.fetch('/v2/models/flight-delay/versions/9')).status).toBe(404);
  });
});
