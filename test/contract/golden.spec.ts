// The same rows through every door: the scores are equal to the last bit.
import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { binaryBody, doubles, FEATURES, matrixTensor, namedTensors, type Row } from '../setup/open-inference.js';
import { startService, type TestService } from '../setup/service.js';

const INFER = '/v2/models/flight-delay/infer';
const PROTO = join(import.meta.dirname, '../../proto/open-inference.proto');

const ROWS: Row[] = Array.from({ length: 50 }, (_, at) => ({
  sched_dep_time: 500 + at * 37,
  sched_arr_time: 1 + at * 47,
  distance: 80 + at * 97.3,
  clouds: (at * 7) % 101,
  pres: 995.1 + (at % 40),
  wind_spd: at / 7,
  precip: at % 3 === 0 ? at / 90 : 0,
  snow: at % 11 === 0 ? 0.3 : 0,
}));
const VALUES = ROWS.map((row) => FEATURES.map((name) => row[name]));
const HEADER = FEATURES.join(',');
const LINES = VALUES.map((values) => values.join(','));
const NDJSON = ROWS.map((row) => JSON.stringify(row)).join('\n');

describe('every door', () => {
  let service: TestService;
  let expected: number[];
  beforeAll(async () => {
    service = await startService({ GRPC_PORT: '0' });
    expected = [];
    for (const row of ROWS) expected.push(((await (await service.predict(row)).json()) as { score: number }).score);
  });
  afterAll(() => service.stop());

  const post = async (path: string, body: string | Buffer, headers: Record<string, string>): Promise<Response> => {
    const response = await service.fetch(path, { method: 'POST', headers, body: Buffer.from(body) });
    expect(response.status).toBe(200);
    return response;
  };
  const text = async (path: string, type: string, body: string, accept = '*/*'): Promise<string> =>
    (await post(path, body, { 'content-type': type, accept })).text();

  type Door = readonly [name: string, scores: () => Promise<number[]>];

  const batch: Door[] = [
    [
      'a batch of CSV',
      async () => {
        const answer = await text('/model/predict/batch/', 'text/csv', [HEADER, ...LINES].join('\n'));
        return answer
          .trimEnd()
          .split('\r\n')
          .slice(1)
          .map((line) => Number(line.split(',')[1]));
      },
    ],
    [
      'a batch of NDJSON',
      async () =>
        (await text('/model/predict/batch/', 'application/x-ndjson', NDJSON))
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as { score: number }).score),
    ],
    [
      'a batch of JSON',
      async () =>
        (
          JSON.parse(await text('/model/predict/batch/', 'application/json', JSON.stringify(ROWS))) as {
            score: number;
          }[]
        ).map(({ score }) => score),
    ],
  ];

  const inJson = async (inputs: unknown): Promise<number[]> => {
    const answer = await post(INFER, JSON.stringify({ inputs }), {});
    return ((await answer.json()) as { outputs: { data: number[] }[] }).outputs[0]!.data;
  };
  const inBinary = async (tensors: readonly { readonly data?: readonly unknown[] }[]): Promise<number[]> => {
    const tails = tensors.map(({ data }) => doubles(data as number[]));
    const inputs = tensors.map((tensor, at) => ({
      ...tensor,
      data: undefined,
      parameters: { binary_data_size: tails[at]!.length },
    }));
    const { body, headers } = binaryBody({ inputs, parameters: { binary_data_output: true } }, tails);
    const answer = await post(INFER, body, headers);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const start = Number(answer.headers.get('inference-header-content-length'));
    return Array.from(ROWS, (_, row) => bytes.readDoubleLE(start + row * 8));
  };
  const openInference: Door[] = [
    ['named tensors in JSON', () => inJson(namedTensors(ROWS))],
    ['a single tensor in JSON', () => inJson([matrixTensor(ROWS)])],
    ['named tensors in binary', () => inBinary(namedTensors(ROWS))],
    ['a single tensor in binary', () => inBinary([matrixTensor(ROWS)])],
    ['gRPC', overGrpc],
  ];

  async function overGrpc(): Promise<number[]> {
    const definition = loadSync(PROTO, { keepCase: true, longs: String });
    const Client = grpc.makeGenericClientConstructor(
      definition['inference.GRPCInferenceService'] as grpc.ServiceDefinition,
      'inference',
    );
    const client = new Client(service.grpc!, grpc.credentials.createInsecure());
    const { data, ...tensor } = matrixTensor(ROWS);
    const request = { model_name: 'flight-delay', inputs: [tensor], raw_input_contents: [doubles(data as number[])] };
    const answer = await new Promise<{ raw_output_contents: Buffer[] }>((resolve, reject) => {
      client['ModelInfer']!(request, (error: Error | null, value: never) => (error ? reject(error) : resolve(value)));
    });
    client.close();
    return Array.from(ROWS, (_, row) => answer.raw_output_contents[0]!.readDoubleLE(row * 8));
  }

  const invoke = async (type: string, body: unknown): Promise<number[]> => {
    const answer = await text('/invocations', type, typeof body === 'string' ? body : JSON.stringify(body));
    return (JSON.parse(answer) as { predictions: number[] }).predictions;
  };
  const columns = Object.fromEntries(FEATURES.map((name) => [name, ROWS.map((row) => row[name])]));
  const invocations: Door[] = [
    ['SageMaker CSV', () => invoke('text/csv', LINES.join('\n'))],
    ['MLflow CSV', () => invoke('text/csv', [HEADER, ...LINES].join('\r\n'))],
    ['JSON lines', () => invoke('application/jsonlines', NDJSON)],
    ['dataframe_split', () => invoke('application/json', { dataframe_split: { columns: FEATURES, data: VALUES } })],
    ['dataframe_records', () => invoke('application/json', { dataframe_records: ROWS })],
    ['inputs as a matrix', () => invoke('application/json', { inputs: VALUES })],
    ['inputs as columns', () => invoke('application/json', { inputs: columns })],
    ['inputs as records', () => invoke('application/json', { inputs: ROWS })],
    ['instances', () => invoke('application/json', { instances: VALUES })],
    [
      'instances of features',
      () => invoke('application/json', { instances: VALUES.map((features) => ({ features })) }),
    ],
    [
      'an answer in CSV',
      async () =>
        (await text('/invocations', 'text/csv', LINES.join('\n'), 'text/csv')).trimEnd().split('\n').map(Number),
    ],
    [
      'an answer in JSON lines',
      async () =>
        (await text('/invocations', 'text/csv', LINES.join('\n'), 'application/jsonlines'))
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as { score: number }).score),
    ],
  ];

  it.each([...batch, ...openInference, ...invocations])('answers the same scores: %s', async (_, scores) => {
    expect(await scores()).toEqual(expected);
  });

  it.each<[string, string, unknown, number]>([
    ['two members', 'application/json', { inputs: VALUES, instances: VALUES }, 400],
    ['no member', 'application/json', {}, 400],
    ['a ragged row', 'application/json', { inputs: [[1, 2]] }, 400],
    ['a row of wrong names', 'application/json', { instances: [{ a: 1 }] }, 400],
    ['no JSON', 'application/json', '{', 400],
    ['no rows', 'text/csv', '', 400],
    ['a short row of CSV', 'text/csv', '1,2', 400],
    ['another type', 'application/xml', '<a/>', 415],
    ['another charset', 'text/csv; charset=latin1', LINES[0], 415],
  ])('of /invocations refuses %s as MLflow does', async (_, type, body, status) => {
    const answer = await service.fetch('/invocations', {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const { error_code: code, message } = (await answer.json()) as { error_code: string; message: string };
    expect([answer.status, code, message]).toEqual([
      status,
      status === 400 ? 'BAD_REQUEST' : 'CONTENT_TYPE_WRONG',
      expect.any(String),
    ]);
  });

  it('tells SageMaker and MLflow that it is well', async () => {
    expect((await service.fetch('/ping')).status).toBe(200);
    expect((await service.fetch('/version')).status).toBe(200);
  });
});
