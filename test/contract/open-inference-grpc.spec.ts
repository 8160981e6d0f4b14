import { once } from 'node:events';
import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import * as health from 'grpc-health-check';
import { doubles, FEATURES, matrixTensor, namedTensors } from '../setup/open-inference.js';
import { FLIGHT, startService, type TestService } from '../setup/service.js';

const PROTO = join(import.meta.dirname, '../../proto/open-inference.proto');
const ROWS = [FLIGHT, { ...FLIGHT, distance: 1400 }];

type Call = (request: object) => Promise<Record<string, unknown>>;

describe('the Open Inference Protocol over gRPC', () => {
  let service: TestService;
  let client: grpc.Client;
  let call: (method: string, request?: object) => ReturnType<Call>;
  beforeAll(async () => {
    service = await startService({ GRPC_PORT: '0', MAX_ROWS: '1000' });
    const definition = loadSync(PROTO, { keepCase: true, longs: String, defaults: true, oneofs: true });
    const Service = grpc.makeGenericClientConstructor(
      definition['inference.GRPCInferenceService'] as grpc.ServiceDefinition,
      'inference',
    );
    client = new Service(service.grpc!, grpc.credentials.createInsecure());
    call = callOf(client);
  });
  afterAll(async () => {
    client.close();
    await service.stop();
  });

  const callOf =
    (of: grpc.Client) =>
    (method: string, request: object = {}): ReturnType<Call> =>
      new Promise((resolve, reject) => {
        const methods = of as unknown as Record<string, (request: object, done: grpc.requestCallback<never>) => void>;
        methods[method]!(request, (error, answer) => (error ? reject(error) : resolve(answer!)));
      });
  const infer = (request: object): ReturnType<Call> => call('ModelInfer', { model_name: 'flight-delay', ...request });
  const scores = async (): Promise<number[]> =>
    Promise.all(ROWS.map(async (row) => ((await (await service.predict(row)).json()) as { score: number }).score));
  const tensors = namedTensors(ROWS).map(({ data, ...tensor }) => ({ ...tensor, contents: { fp64_contents: data } }));
  const { data: all, ...matrix } = matrixTensor(ROWS);

  it('tells that it is live and ready, and what it and its models are', async () => {
    expect(await call('ServerLive')).toEqual({ live: true });
    expect(await call('ServerReady')).toEqual({ ready: true });
    expect(await call('ServerMetadata')).toMatchObject({ name: 'scorekeeper' });
    expect(await call('ModelReady', { name: 'flight-delay', version: '1' })).toEqual({ ready: true });
    const metadata = await call('ModelMetadata', { name: 'flight-delay' });
    expect(metadata).toMatchObject({ versions: ['1'], outputs: [{ name: 'score', datatype: 'FP64' }] });
    expect((metadata['inputs'] as { name: string }[]).map(({ name }) => name)).toEqual(FEATURES);
  });

  it('scores contents as predict does', async () => {
    const expected = await scores();
    for (const inputs of [tensors, [{ ...matrix, contents: { fp64_contents: all } }]])
      expect(await infer({ id: 'a-1', inputs })).toMatchObject({
        model_version: '1',
        id: 'a-1',
        outputs: [{ name: 'score', shape: ['2', '1'], contents: { fp64_contents: expected } }],
        raw_output_contents: [],
      });
  });

  it('answers raw where it is asked raw', async () => {
    const answer = await infer({ inputs: [matrix], raw_input_contents: [doubles(all as number[])] });
    expect(answer['raw_output_contents']).toEqual([doubles(await scores())]);
    expect(answer['outputs']).toMatchObject([{ name: 'score', contents: null }]);
  });

  it.each<[string, object, number, RegExp]>([
    ['an unknown model', { model_name: 'x', inputs: tensors }, grpc.status.NOT_FOUND, /"x"/],
    ['an unknown version', { model_version: '9', inputs: tensors }, grpc.status.NOT_FOUND, /"9"/],
    ['no inputs', {}, grpc.status.INVALID_ARGUMENT, /`inputs` is empty/],
    ['a missing input', { inputs: tensors.slice(1) }, grpc.status.INVALID_ARGUMENT, /"sched_dep_time" is missing/],
    [
      'raw and contents at once',
      { inputs: tensors, raw_input_contents: tensors.map(() => doubles([1, 2])) },
      grpc.status.INVALID_ARGUMENT,
      /both `contents` and/,
    ],
    [
      'too few raw items',
      { inputs: tensors, raw_input_contents: [doubles([1])] },
      grpc.status.INVALID_ARGUMENT,
      /1 items for 8 inputs/,
    ],
    [
      'a raw item of the wrong size',
      { inputs: [matrix], raw_input_contents: [doubles([1, 2])] },
      grpc.status.INVALID_ARGUMENT,
      /"rows" has 16 bytes/,
    ],
    [
      'values in the wrong list',
      { inputs: [{ ...matrix, contents: { fp32_contents: all } }] },
      grpc.status.INVALID_ARGUMENT,
      /"rows" has values in fp32_contents/,
    ],
    [
      'a huge shape',
      { inputs: [{ ...matrix, shape: ['4611686018427387904', '8'] }] },
      grpc.status.INVALID_ARGUMENT,
      /"rows" has the dimension/,
    ],
    ['an unknown output', { inputs: tensors, outputs: [{ name: 'x' }] }, grpc.status.INVALID_ARGUMENT, /"x" is not/],
  ])('refuses %s', async (_, request, code, details) => {
    await expect(infer(request)).rejects.toMatchObject({ code, details: expect.stringMatching(details) });
  });

  it('refuses bytes that are no message', async () => {
    const path = '/inference.GRPCInferenceService/ModelInfer';
    const asIs = (bytes: Buffer): Buffer => bytes;
    const answer = new Promise((resolve, reject) => {
      client.makeUnaryRequest(path, asIs, asIs, Buffer.from('ffffff', 'hex'), (error, value) =>
        error ? reject(error) : resolve(value),
      );
    });
    await expect(answer).rejects.toMatchObject({ code: grpc.status.INVALID_ARGUMENT });
  });

  it('lists, unloads and loads models', async () => {
    expect(await call('RepositoryIndex')).toMatchObject({ models: [{ name: 'flight-delay', state: 'READY' }] });
    await call('RepositoryModelUnload', { model_name: 'flight-delay' });
    await expect(infer({ inputs: tensors })).rejects.toMatchObject({ code: grpc.status.NOT_FOUND });
    await call('RepositoryModelLoad', { model_name: 'flight-delay' });
    expect(await infer({ inputs: tensors })).toMatchObject({ model_version: '1' });
  });

  it('answers the probe of an orchestrator', async () => {
    const Health = grpc.makeGenericClientConstructor(health.service as never, 'health');
    const probe = new Health(service.grpc!, grpc.credentials.createInsecure());
    expect(await callOf(probe)('check', { service: '' })).toMatchObject({ status: 'SERVING' });
    probe.close();
  });

  it('serves its own description', async () => {
    const { ReflectionService } = await import('@grpc/reflection');
    expect(ReflectionService).toBeDefined();
    const stream = client.makeBidiStreamRequest(
      '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
      (bytes: Buffer) => bytes,
      (bytes) => bytes,
    );
    // list_services (field 7) of nothing in particular.
    stream.write(Buffer.from([0x3a, 0x00]));
    const [answer] = (await once(stream, 'data')) as [Buffer];
    expect(answer.toString('latin1')).toContain('inference.GRPCInferenceService');
    stream.cancel();
    stream.on('error', () => undefined);
  });
});
