// Files that are proper ONNX and harm whoever runs them: tried in a process of their own, they harm nobody.
import { readFileSync } from 'node:fs';
import { FLIGHT, startService, type TestService } from '../setup/service.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

describe('a model file that harms whoever runs it', () => {
  let service: TestService;
  afterEach(() => service.stop());

  // The one that ends by itself has time to do so on a busy machine, too.
  it.each([
    ['never-ends.onnx', 'MODEL_LOAD_TIMEOUT', '3000'],
    ['takes-32-gigabytes.onnx', 'MODEL_LOAD_CRASHED', '30000'],
  ])('%s is refused with %s while predictions go on', async (name, code, limitMs) => {
    service = await startService({ MODEL_LOAD_TIMEOUT_MS: limitMs });
    const loading = service.load(name, fixture(name));
    expect((await service.predict(FLIGHT)).status).toBe(200);
    const response = await loading;
    expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject({ status: 400, code });
    expect(await (await service.predict(FLIGHT)).json()).toMatchObject({ model_version: 1 });
  });
});
