// The traffic as callers of batches, of the Open Inference Protocol and of /invocations see it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { namedTensors } from '../setup/open-inference.js';
import { RegistryClient } from '../setup/registry-client.js';
import { FLIGHT, type HistoryBody, jsonPost, startService, type TestService } from '../setup/service.js';

const root = join(import.meta.dirname, '../..');
const onnx = (name: string): Buffer => readFileSync(join(root, 'libs/convert/fixtures/onnx', `${name}.onnx`));
const PROTO = join(root, 'proto/open-inference.proto');
const BATCH = '/model/predict/batch/';
const INFER = '/v2/models/flight-delay/infer';
const KEYS = Array.from({ length: 16 }, (_, i) => `caller-${i}`);
const PATIENCE_MS = 20_000;

interface Row {
  readonly id?: string;
  readonly line?: number;
  readonly error?: string;
  readonly model_version?: number;
}

describe('traffic, through the doors of other protocols,', () => {
  let service: TestService;
  let client: RegistryClient;
  let of2: Readonly<Record<string, unknown>>;
  // Versions 1 and 2 take different features; 3 takes those of 1.
  beforeEach(async () => {
    service = await startService({ MODELS_DIR: join(root, 'models'), GRPC_PORT: '0' });
    client = new RegistryClient(service);
    await client.register();
    const { features } = (await client.get('/model/versions/2/signature')).body;
    of2 = Object.fromEntries(features!.map((feature) => [feature.name, (feature as { example?: unknown }).example]));
  });
  afterEach(() => service.stop());

  const traffic = async (wanted: object, path = '/model/traffic'): Promise<void> => {
    const { status } = await client.send('PUT', `${path}?allow_signature_change=true`, wanted);
    expect(status).toBe(200);
  };
  const ask = async (path: string, value: unknown, headers: object = {}): Promise<[number, unknown]> => {
    const { headers: json, ...init } = jsonPost(value);
    const response = await service.fetch(path, { ...init, headers: { ...(json as object), ...headers } });
    return [response.status, await response.json()];
  };
  const batch = async (rows: readonly object[], headers: object = {}): Promise<Row[]> =>
    (await ask(BATCH, rows, headers))[1] as Row[];
  const both = (given: object = {}): object => ({ ...of2, ...FLIGHT, ...given });
  const tensorsOfBoth = (): object[] => [
    ...namedTensors([FLIGHT]),
    ...Object.entries(of2)
      .filter(([name]) => !(name in FLIGHT))
      .map(([name, value]) => ({
        name,
        shape: [1, 1],
        datatype: typeof value === 'string' ? 'BYTES' : 'FP64',
        data: [value],
      })),
  ];
  const infer = async (headers: object = {}, path = INFER): Promise<[number, number]> => {
    const [status, answer] = await ask(path, { inputs: tensorsOfBoth() }, headers);
    return [status, Number((answer as { model_version?: string }).model_version)];
  };

  async function metric(name: string): Promise<number> {
    const text = await (await service.fetch('/metrics')).text();
    return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  }

  async function shadows(outcome: string, count: number): Promise<HistoryBody['history']> {
    const end = Date.now() + PATIENCE_MS;
    while ((await metric(`scorekeeper_shadow_${outcome}_total`)) < count) {
      if (Date.now() > end) throw new Error('it has not come to that');
      // Asked without a pause, the service would have no time for shadows.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return (await service.history('?role=shadow')).history;
  }

  it('has the shadow of a batch score exactly the rows that the canary answered', async () => {
    await traffic({ canary: { version: 3, percent: 100 }, shadows: [2] });
    const rows = [100, 200, 300, 400].map((distance) => both({ distance }));
    // Version 2 would take it: it knows nothing of clouds.
    rows[1] = both({ distance: 200, clouds: 'many' });
    const answers = await batch(rows);
    expect(answers.map(({ model_version: version }) => version)).toEqual([3, undefined, 3, 3]);
    expect(answers[1]).toMatchObject({ line: 2, error: expect.stringContaining('clouds') });
    const pairs = (await shadows('rows', 3)).map(({ request, features }) => [
      request,
      (features as { distance: number }).distance,
    ]);
    const answered = [100, undefined, 300, 400].map((distance, at) => [answers[at]!.id, distance]);
    expect(pairs).toEqual(answered.filter(([id]) => id !== undefined));
  });

  it('leaves a batch out for a shadow that does not take all that was answered', async () => {
    await traffic({ shadows: [2] });
    // As many rows fit each of them, but not the same ones.
    const answers = await batch([both(), both({ clouds: 'many' }), both({ carrier: 7 })]);
    expect(answers.map(({ error }) => error === undefined)).toEqual([true, false, true]);
    expect(await shadows('skipped', 2)).toEqual([]);
  });

  it('answers by the active version those rows of a batch that only it takes, and refuses what neither does', async () => {
    await traffic({ canary: { version: 2, percent: 100 } });
    const answers = await batch([both({ distance: 'far' }), both(), both({ carrier: 7 }), both()]);
    expect(answers.map(({ model_version: version }) => version)).toEqual([undefined, 2, 1, 2]);
    expect(answers[0]).toMatchObject({ line: 1, error: expect.stringContaining('distance') });
    expect((await service.history('?role=all')).history).toHaveLength(3);
  });

  it('takes rows with the features of all versions in batches, tensors and invocations', async () => {
    const refused = await batch([both()]);
    expect(refused[0]!.error).toContain('is not a feature of the model');
    await traffic({ canary: { version: 2, percent: 50 } });
    const seen = await Promise.all(
      KEYS.map(async (key) => (await batch([both()], { 'x-routing-key': key }))[0]!.model_version),
    );
    expect(new Set(seen)).toEqual(new Set([1, 2]));
    expect(await infer()).toEqual([200, expect.any(Number)]);
    for (const key of KEYS)
      expect((await ask('/invocations', { instances: [both()] }, { 'x-routing-key': key }))[0]).toBe(200);
    const roles = (await service.history('?role=canary')).history;
    expect(new Set(roles.map(({ model_version: version }) => version))).toEqual(new Set([2]));
  });

  it('answers by the active version what is to have an output that only it has, and keeps that one record', async () => {
    await client.load('/models/pair/load/', {}, onnx('logistic'));
    await client.load('/models/pair/load/?activate=false', {}, onnx('linear-svc'));
    await traffic({ canary: { version: 2, percent: 100 } }, '/models/pair/traffic');
    const { features } = (await client.get('/models/pair/versions/1/signature')).body;
    const width = features!.length;
    const inputs = [{ name: 'rows', shape: [1, width], datatype: 'FP64', data: Array(width).fill(0.5) }];
    const inferWith = (name: string) => ask('/v2/models/pair/infer', { inputs, outputs: [{ name }] });
    expect(await inferWith('probabilities')).toMatchObject([200, { model_version: '1' }]);
    expect(await inferWith('decision')).toMatchObject([200, { model_version: '2' }]);
    expect((await inferWith('chances'))[0]).toBe(400);
    expect((await service.history('?role=all')).history.map(({ model_version: version }) => version)).toEqual([1, 2]);
  });

  it('keeps the callers of a key on their side, whichever door they take', async () => {
    await traffic({ canary: { version: 2, percent: 50 } });
    const rpc = new (grpc.makeGenericClientConstructor(
      loadSync(PROTO, { keepCase: true })['inference.GRPCInferenceService'] as grpc.ServiceDefinition,
      'inference',
    ))(service.grpc!, grpc.credentials.createInsecure());
    const inputs = tensorsOfBoth().map((tensor) => {
      const { data, datatype, ...rest } = tensor as { data: unknown[]; datatype: string };
      const contents =
        datatype === 'BYTES'
          ? { bytes_contents: data.map((text) => Buffer.from(String(text))) }
          : { fp64_contents: data };
      return { ...rest, datatype, contents };
    });
    const overGrpc = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const metadata = new grpc.Metadata();
        for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
        const done = (error: Error | null, answer: { model_version: string }) =>
          error ? reject(error) : resolve(Number(answer.model_version));
        (rpc as unknown as { ModelInfer: (...of: unknown[]) => void }).ModelInfer(
          { model_name: 'flight-delay', inputs },
          metadata,
          done,
        );
      });
    for (const key of KEYS) {
      const headers = { 'x-routing-key': key };
      const [, { model_version: version }] = (await ask('/model/predict/', both(), headers)) as [
        number,
        { model_version: number },
      ];
      expect([key, ...(await infer(headers))]).toEqual([key, 200, version]);
      expect([key, await overGrpc(headers)]).toEqual([key, version]);
      expect((await batch([both(), both()], headers)).map((row) => row.model_version)).toEqual([version, version]);
      await ask('/invocations', { instances: [both()] }, headers);
      const [last] = (await service.history('?role=all&order=desc&limit=1')).history;
      expect([key, last!['model_version']]).toEqual([key, version]);
    }
    expect(await overGrpc({ 'x-model-version': '2' })).toBe(2);
    rpc.close();
  });

  it('asks for a version by X-Model-Version, unless the path names one', async () => {
    await traffic({ shadows: [2] });
    const headers = { 'x-model-version': '2' };
    expect(await infer(headers)).toEqual([200, 2]);
    expect(await infer(headers, '/v2/models/flight-delay/versions/1/infer')).toEqual([200, 1]);
    expect((await batch([both()], headers))[0]!.model_version).toBe(2);
    expect((await ask('/invocations', { instances: [both()] }, headers))[0]).toBe(200);
    expect((await service.history('?role=forced')).history.map((row) => row['model_version'])).toEqual([2, 1, 2, 2]);
    for (const path of [INFER, BATCH, '/invocations']) {
      const body = path === INFER ? { inputs: tensorsOfBoth() } : path === BATCH ? [both()] : { instances: [both()] };
      expect((await ask(path, body, { 'x-model-version': 'two' }))[0]).toBe(400);
      expect((await ask(path, body, { 'x-model-version': '9' }))[0]).toBe(404);
    }
  });

  it('keeps the batches of one value of the routing feature together, in JSON and in CSV', async () => {
    await traffic({ canary: { version: 3, percent: 50 }, routing_feature: 'distance' });
    const versions = new Set<number>();
    for (let distance = 100; distance < 116; distance++) {
      const row = { ...FLIGHT, distance };
      const [, { model_version: version }] = (await ask('/model/predict/', row)) as [number, { model_version: number }];
      versions.add(version);
      expect((await batch([row]))[0]!.model_version).toBe(version);
      const body = `${Object.keys(row).join(',')}\n${Object.values({ ...row, distance: `${distance}.0` }).join(',')}`;
      const text = await (
        await service.fetch(BATCH, { method: 'POST', headers: { 'content-type': 'text/csv' }, body })
      ).text();
      expect(text.split('\r\n')[1]!.split(',')[3]).toBe(String(version));
    }
    expect(versions).toEqual(new Set([1, 3]));
  });
});
