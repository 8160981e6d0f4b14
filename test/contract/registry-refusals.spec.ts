// What the registry's routes refuse: nothing of it changes anything, so one service takes it all.
import { RegistryClient } from '../setup/registry-client.js';
import { FLIGHT, startService, type TestService } from '../setup/service.js';

const header = Object.keys(FLIGHT).join(',');
const row = Object.values(FLIGHT).join(',');

describe('the registry refuses', () => {
  let service: TestService;
  let client: RegistryClient;
  beforeAll(async () => {
    service = await startService();
    client = new RegistryClient(service);
    await client.register();
  });
  afterAll(() => service.stop());

  it.each<[string, unknown, number, string]>([
    ['a share of more than a hundred', { canary: { version: 2, percent: 101 } }, 422, 'TRAFFIC_INVALID'],
    ['a share of less than nothing', { canary: { version: 2, percent: -1 } }, 422, 'TRAFFIC_INVALID'],
    ['a share that is a text', { canary: { version: 2, percent: '10' } }, 422, 'TRAFFIC_INVALID'],
    ['two canaries', { canary: [{ version: 2, percent: 1 }, { version: 2, percent: 2 }] }, 422, 'TRAFFIC_INVALID'], // prettier-ignore
    ['an unknown role', { champion: 2 }, 422, 'TRAFFIC_INVALID'],
    ['a version in two roles', { active: 2, shadows: [2] }, 422, 'TRAFFIC_INVALID'],
    ['a version that is none', { active: 'two' }, 422, 'TRAFFIC_INVALID'],
    ['a routing feature that is none', { routing_feature: 'colour' }, 422, 'TRAFFIC_INVALID'],
    ['an unknown version', { active: 99 }, 404, 'VERSION_NOT_FOUND'],
    ['a list', [1], 400, 'BODY_NOT_AN_OBJECT'],
  ])('refuses a traffic with %s and leaves the old one in force', async (_, wanted, status, code) => {
    expect(await client.send('PUT', '/model/traffic', wanted)).toMatchObject({ status, body: { code } });
    expect((await client.get('/model/traffic')).body).toEqual({ active: 1, shadows: [] });
  });

  it.each<[string, string, number, string]>([
    ['GET', '/models/nobody', 404, 'MODEL_NOT_FOUND'],
    ['GET', '/models/nobody/versions', 404, 'MODEL_NOT_FOUND'],
    ['GET', '/models/nobody/traffic', 404, 'MODEL_NOT_FOUND'],
    ['GET', '/models/nobody/events', 404, 'MODEL_NOT_FOUND'],
    ['POST', '/models/nobody/rollback', 404, 'MODEL_NOT_FOUND'],
    ['POST', '/models/nobody/versions/1/activate', 404, 'MODEL_NOT_FOUND'],
    ['DELETE', '/models/nobody/versions/1', 404, 'MODEL_NOT_FOUND'],
    ['GET', '/model/versions/99', 404, 'VERSION_NOT_FOUND'],
    ['GET', '/model/versions/99/onnx', 404, 'VERSION_NOT_FOUND'],
    ['POST', '/model/versions/99/activate', 404, 'VERSION_NOT_FOUND'],
    ['DELETE', '/model/versions/99', 404, 'VERSION_NOT_FOUND'],
    ['GET', '/model/versions/1.5', 404, 'VERSION_NOT_FOUND'],
    ['GET', '/models/-x', 422, 'MODEL_NAME_INVALID'],
    ['GET', `/models/${'x'.repeat(101)}`, 422, 'MODEL_NAME_INVALID'],
    ['GET', '/models/..%2f..%2fetc', 422, 'MODEL_NAME_INVALID'],
    ['GET', '/model/events?limit=0', 400, 'QUERY_INVALID'],
    ['POST', '/model/versions/1/activate?allow_signature_change=perhaps', 400, 'QUERY_INVALID'],
    ['DELETE', '/model', 405, 'METHOD_NOT_ALLOWED'],
  ])('answers %s %s with %i %s', async (method, path, status, code) => {
    expect(await client.ask(method, path)).toMatchObject({ status, body: { code } });
  });

  it.each<[string, string | Blob]>([
    ['no score', `${header}\n${row}`],
    ['no rows', `${header},score\n`],
    ['a feature that is no number', `${header},score\n${row.replace('284', 'far')},1`],
    ['a feature that is missing', 'distance,score\n1,1'],
    ['a broken line', `${header},score\n1,2`],
    ['JSON that is none', '[{'],
    ['more bytes than are read', new Blob([' '.repeat(9_000_000)])],
  ])('refuses a sample with %s', async (_, sample) => {
    expect(await client.load('/model/load/', { sample })).toMatchObject({
      status: 422,
      body: { code: 'SAMPLE_INVALID' },
    });
  });

  it.each([
    ['a feature missing', 'distance\n1'],
    ['a text for a number', `${header}\n${row.replace('284', 'far')}`],
    ['no rows', header],
  ])('refuses a baseline with %s', async (_, baseline) => {
    expect(await client.load('/model/load/', { baseline })).toMatchObject({
      status: 422,
      body: { code: 'BASELINE_INVALID' },
    });
  });
});
