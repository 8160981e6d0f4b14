// Files that are proper ONNX and harm whoever runs them: tried in a process of their own, they harm nobody.
import { readFileSync } from 'node:fs';
import { FLIGHT, startService, type TestService } from '../setup/service.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

describe('a model file that harms whoever runs it', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ MODEL_LOAD_TIMEOUT_MS: '3000' });
  });
  afterAll(() => service.stop());

  it.each([
    ['never-ends.onnx', 'MODEL_LOAD_TIMEOUT'],
    ['takes-32-gigabytes.onnx', 'MODEL_LOAD_CRASHED'],
  ])('%s is refused with %s while predictions go on', async (name, code) => {
    const loading = service.load(name, fixture(name));
    expect((await service.predict(FLIGHT)).status).toBe(200);
    const response = await loading;
    expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject({ status: 400, code });
    expect(await (await service.predict(FLIGHT)).json()).toMatchObject({ model_version: 1 });
  });
});
