import { readFileSync } from 'node:fs';
import { FLIGHT, ONNX_MODEL, SHIPPED_MODEL, startAgain, startService, type TestService } from '../setup/service.js';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../libs/convert/fixtures/onnx/${name}`, import.meta.url));
const scoreOf = async (service: TestService): Promise<Record<string, unknown>> =>
  (await (await service.predict(FLIGHT)).json()) as Record<string, unknown>;

describe('POST /model/load/', () => {
  let service: TestService;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('makes the file the next version, live at once', async () => {
    const response = await service.load('model.onnx', ONNX_MODEL);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: 'ok',
      message: 'Model loaded successfully',
      model: 'flight-delay',
      model_version: 2,
      features: Object.keys(FLIGHT),
      names_from: 'file',
      task: 'regression',
      warnings: [],
    });
    expect(await scoreOf(service)).toMatchObject({ model_version: 2 });
  });

  it('answers the path without its trailing slash too', async () => {
    const body = new FormData();
    body.set('file', new Blob([ONNX_MODEL]), 'model.onnx');
    expect((await service.fetch('/model/load', { method: 'POST', body })).status).toBe(200);
  });

  it('takes the pickle of the original service: understood, not executed, named by the live version', async () => {
    const before = await scoreOf(service);
    const answer = await (await service.load('model.pkl', SHIPPED_MODEL)).json();
    expect(answer).toMatchObject({
      model_version: 2,
      features: Object.keys(FLIGHT),
      names_from: 'live version',
      understood: { format: 'pickle', class: 'lightgbm.basic.Booster', library: 'lightgbm' },
      warnings: [expect.stringContaining('the names are those of the live version')],
    });
    expect(await scoreOf(service)).toMatchObject({ score: before['score'], model_version: 2 });
  });

  it('answers a classifier with score, label and probabilities, and keeps all of it', async () => {
    const file = new URL('../../libs/convert/fixtures/sklearn/lr_lbfgs_auto_3-0.24.2/model.pkl', import.meta.url);
    const loaded = (await (await service.load('model.pkl', readFileSync(file))).json()) as { features: string[] };
    const row = Object.fromEntries(loaded.features.map((name) => [name, 0.5]));
    const answer = (await (await service.predict(row)).json()) as Record<string, unknown>;
    expect(answer).toMatchObject({
      score: expect.any(Number),
      label: expect.anything(),
      probabilities: expect.any(Object),
    });
    const { probabilities, label, score } = answer;
    expect((await service.history('?order=desc&limit=1')).history[0]).toMatchObject({ probabilities, label, score });
  });

  it('refuses other endings in the words of the contract, naming those it takes', async () => {
    const response = await service.load('model.exe', ONNX_MODEL);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toMatch(
      /^Only \.pkl.*\.onnx.* files are supported\.$/,
    );
  });

  it('keeps versions, which one is live, and the history over a restart', async () => {
    await service.load('model.onnx', ONNX_MODEL);
    const { id } = await scoreOf(service);
    await service.stop();
    service = await startAgain({ MODELS_DIR: '' });
    expect(await scoreOf(service)).toMatchObject({ model_version: 2 });
    expect((await service.history()).history[0]!._id).toBe(id);
    expect(await (await service.load('model.onnx', ONNX_MODEL)).json()).toMatchObject({ model_version: 3 });
  });

  it('shows the features of the new model in the docs at once, with an example that works', async () => {
    await service.load('model.onnx', fixture('named-inputs.onnx'));
    const document = (await (await service.fetch('/openapi.json')).json()) as Document;
    const { properties, example } = document.components.schemas['PredictRequest']!;
    expect(Object.keys(properties)).not.toContain('sched_dep_time');
    expect((await service.predict(example)).status).toBe(200);
  });

  it.each<[string, Buffer]>([
    ['a truncated file', ONNX_MODEL.subarray(0, ONNX_MODEL.length / 2)],
    ['an unknown operator', fixture('unknown-operator.onnx')],
    ['external data', fixture('external-data.onnx')],
    ['a picture for an input', fixture('image.onnx')],
    ['a LightGBM text that is cut', Buffer.from('tree\nversion=v4\n')],
    ['a pickle that would run a command', Buffer.from("cos\nsystem\n(S'touch /tmp/pwned'\ntR.")],
  ])('refuses %s with a 400 that says why, and the old model goes on', async (_, bytes) => {
    const before = await scoreOf(service);
    const response = await service.load('model.onnx', bytes);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail.length).toBeGreaterThan(20);
    expect(await scoreOf(service)).toMatchObject({ score: before['score'], model_version: 1 });
  });

  it('does not let a file name become a path', async () => {
    expect((await service.load('../../../../tmp/evil.onnx', ONNX_MODEL)).status).toBe(200);
  });

  it('gives two loads at the same moment two versions', async () => {
    const answers = await Promise.all([1, 2].map(() => service.load('model.onnx', ONNX_MODEL)));
    const versions = await Promise.all(
      answers.map(async (a) => ((await a.json()) as { model_version: number }).model_version),
    );
    expect(new Set(versions)).toEqual(new Set([2, 3]));
  });

  it('refuses a file over the limit with 413', async () => {
    await service.stop();
    service = await startAgain({ MAX_UPLOAD_BYTES: '1000' });
    expect((await service.load('model.onnx', ONNX_MODEL)).status).toBe(413);
  });

  it('answers every request while models are swapped under it', async () => {
    const statuses: number[] = [];
    let isSwapping = true;
    const asking = (async () => {
      while (isSwapping) statuses.push((await service.predict(FLIGHT)).status);
    })();
    for (let i = 0; i < 5; i++) await service.load('model.onnx', ONNX_MODEL);
    isSwapping = false;
    await asking;
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

interface Document {
  readonly components: { readonly schemas: Record<string, { readonly properties: object; readonly example: unknown }> };
}

describe('a service without a model', () => {
  it('answers 503 until one is loaded', async () => {
    const service = await startService({ MODELS_DIR: '' });
    const response = await service.predict(FLIGHT);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'MODEL_NOT_LIVE' });
    await service.load('model.onnx', ONNX_MODEL);
    expect((await service.predict(FLIGHT)).status).toBe(200);
    await service.stop();
  });
});
