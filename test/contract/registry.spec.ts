// Versions, traffic and events over HTTP: what a team does with a model after it has loaded it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RegistryClient } from '../setup/registry-client.js';
import { FLIGHT, jsonPost, ONNX_MODEL, SHIPPED_MODEL, startService, type TestService } from '../setup/service.js';

const OTHER_FEATURES = readFileSync(new URL('../../libs/convert/fixtures/onnx/named-inputs.onnx', import.meta.url));
const KNOWN_CATEGORIES = readFileSync(
  new URL('../../libs/convert/fixtures/sklearn/ordinal_infrequent-1.9.1/model.pkl', import.meta.url),
);

describe('the registry', () => {
  let service: TestService;
  let client: RegistryClient;
  beforeEach(async () => {
    service = await startService();
    client = new RegistryClient(service);
  });
  afterEach(() => service.stop());

  it('shows the model that ships, under its name and as the default one', async () => {
    const model = { name: 'flight-delay', live_version: 1, traffic: { active: 1, shadows: [] } };
    expect((await client.get('/models')).body).toMatchObject({ models: [model] });
    expect((await client.get('/models/flight-delay/')).body).toMatchObject(model);
    expect((await client.get('/model/')).body).toMatchObject(model);
  });

  it('keeps with a version who loaded it, why, and what was understood', async () => {
    await client.load('/model/load/?activate=false', { user: 'mira', note: 'trained on 2013' });
    const { body } = await client.get('/model/versions/2');
    expect(body).toMatchObject({
      model: 'flight-delay',
      version: 2,
      role: 'none',
      created_by: 'mira',
      note: 'trained on 2013',
      file: { name: 'model.onnx', bytes: ONNX_MODEL.length, sha256: sha256(ONNX_MODEL) },
      understood: { format: 'onnx' },
      signature: { task: 'regression' },
    });
    expect((await client.get('/model/versions')).body.versions).toMatchObject([
      { version: 1, role: 'active' },
      { version: 2 },
    ]);
    expect((await client.get('/models/flight-delay/versions/2/signature')).body).toEqual(body['signature']);
  });

  it('gives back the very file, and the ONNX that is served', async () => {
    const bytesOf = async (path: string) => Buffer.from(await (await service.fetch(path)).arrayBuffer());
    expect(sha256(await bytesOf('/model/versions/1/file'))).toBe(sha256(SHIPPED_MODEL));
    await client.load('/models/copy/load/', {}, await bytesOf('/model/versions/1/onnx'));
    expect((await client.get('/models/copy')).body).toMatchObject({ live_version: 1 });
  });

  it('recognises a file that was loaded before', async () => {
    expect((await client.load('/model/load/', {}, SHIPPED_MODEL)).body).toMatchObject({
      model_version: 2,
      same_file_as: 1,
    });
    expect((await client.load('/model/load/')).body).not.toHaveProperty('same_file_as');
  });

  it('only registers with activate=false; activate and rollback then move all callers', async () => {
    const answer = await client.load('/model/load/?activate=false');
    expect(answer.body).toMatchObject({ model_version: 2, is_live: false });
    expect((await client.predict()).model_version).toBe(1);
    expect((await client.ask('POST', '/model/versions/2/activate')).body).toEqual({ active: 2, shadows: [] });
    expect((await client.predict()).model_version).toBe(2);
    expect((await client.ask('POST', '/model/rollback')).body).toEqual({ active: 1, shadows: [] });
    expect((await client.predict()).model_version).toBe(1);
  });

  it('rolls back as far as it has gone, and says when there is nothing left', async () => {
    await client.register(2);
    for (const version of [2, 3]) await client.ask('POST', `/model/versions/${version}/activate`);
    expect((await client.ask('POST', '/model/rollback')).body).toMatchObject({ active: 2 });
    expect((await client.ask('POST', '/model/rollback')).body).toMatchObject({ active: 1 });
    expect(await client.ask('POST', '/model/rollback')).toMatchObject({
      status: 409,
      body: { code: 'NOTHING_TO_ROLL_BACK' },
    });
  });

  it('keeps models apart: each has versions from 1 and traffic of its own', async () => {
    expect((await client.load('/models/second/load/')).body).toMatchObject({
      model: 'second',
      model_version: 1,
      is_live: true,
    });
    expect((await client.load('/models/second/load/')).body).toMatchObject({ model_version: 2 });
    expect((await client.get('/models')).body.models).toMatchObject([
      { name: 'flight-delay', live_version: 1 },
      { name: 'second', live_version: 2 },
    ]);
  });

  it('puts a canary and shadows in force, keeps them, and ends the canary when a version goes live', async () => {
    await client.register(3);
    const wanted = { canary: { version: 2, percent: 12.5 }, shadows: [3, 4], routing_feature: 'distance' };
    const inForce = { active: 1, ...wanted };
    expect(await client.send('PUT', '/model/traffic', wanted)).toEqual({ status: 200, body: inForce });
    expect((await client.get('/models/flight-delay/traffic/')).body).toEqual(inForce);
    expect((await client.get('/model/versions')).body.versions!.map(({ role }) => role)).toEqual(
      ['active', 'canary', 'shadow', 'shadow'], // prettier-ignore
    );
    expect((await client.ask('POST', '/model/versions/3/activate')).body).toEqual({
      active: 3,
      shadows: [4],
      routing_feature: 'distance',
    });
  });

  it('refuses to activate a version with other features, naming each difference, unless that is wanted', async () => {
    const { warnings } = (await client.load('/model/load/?activate=false', {}, OTHER_FEATURES)).body;
    expect(warnings).toEqual([expect.stringContaining('"pres" is gone')]);
    const refused = await client.ask('POST', '/model/versions/2/activate');
    expect(refused).toMatchObject({ status: 409, body: { code: 'SIGNATURE_CHANGES' } });
    const gone = refused.body.errors!.filter((e) => e.problem === 'is gone');
    expect(gone.map(({ feature }) => feature)).toEqual(Object.keys(FLIGHT).filter((name) => name !== 'distance'));
    expect((await client.predict()).model_version).toBe(1);
    expect((await client.ask('POST', '/model/versions/2/activate?allow_signature_change=true')).status).toBe(200);
  });

  it('deletes a version that nobody gets, with its files, and never gives its number again', async () => {
    await client.register(2);
    expect((await client.ask('DELETE', '/model/versions/3')).status).toBe(204);
    expect(await client.get('/model/versions/3/file')).toMatchObject({
      status: 404,
      body: { code: 'VERSION_NOT_FOUND' },
    });
    expect((await client.load('/model/load/?activate=false')).body).toMatchObject({ model_version: 4 });
  });

  it('answers no more with a version that was deleted while it was warm', async () => {
    await client.register();
    for (const version of [2, 1]) await client.ask('POST', `/model/versions/${version}/activate`);
    const headers = { 'Content-Type': 'application/json', 'X-Model-Version': '2' };
    const predict = () => client.ask('POST', '/model/predict/', { ...jsonPost(FLIGHT), headers });
    expect(await predict()).toMatchObject({ status: 200, body: { model_version: 2 } });
    expect((await client.ask('DELETE', '/model/versions/2')).status).toBe(204);
    expect(await predict()).toMatchObject({ status: 404, body: { code: 'VERSION_NOT_FOUND' } });
    expect(await client.predict()).toMatchObject({ model_version: 1 });
  });

  it('refuses to delete what is live or in the traffic', async () => {
    await client.register(2);
    await client.send('PUT', '/model/traffic', { canary: { version: 2, percent: 1 }, shadows: [3] });
    for (const version of [1, 2, 3])
      expect(await client.ask('DELETE', `/model/versions/${version}`)).toMatchObject({
        status: 409,
        body: { code: 'VERSION_IN_TRAFFIC' },
      });
  });

  it('does not roll back to a version that was deleted', async () => {
    await client.register(2);
    for (const version of [2, 3]) await client.ask('POST', `/model/versions/${version}/activate`);
    await client.ask('DELETE', '/model/versions/2');
    expect((await client.ask('POST', '/model/rollback')).body).toMatchObject({ active: 1 });
  });

  it('changes the note of a version and nothing else', async () => {
    expect((await client.send('PATCH', '/model/versions/1', { note: 'the one that ships' })).body).toMatchObject({
      note: 'the one that ships',
    });
    for (const body of [{ version: 7 }, { note: 7 }, { note: 'a', version: 7 }, {}])
      expect(await client.send('PATCH', '/model/versions/1', body)).toMatchObject({
        status: 422,
        body: { code: 'NOTE_INVALID' },
      });
  });

  it('writes down what was done and what was refused: who, when, why', async () => {
    await client.register();
    await client.ask('POST', '/model/versions/2/activate?reason=fewer%20surprises', { headers: { 'X-User': 'mira' } });
    await client.ask('DELETE', '/model/versions/2');
    const { events } = (await client.get('/models/flight-delay/events')).body;
    expect(events).toMatchObject([
      { action: 'delete', version: 2, done: false, code: 'VERSION_IN_TRAFFIC', reason: expect.any(String) },
      { action: 'activate', version: 2, done: true, by: 'mira', reason: 'fewer surprises' },
      { action: 'load', version: 2, done: true },
      { action: 'activate', version: 1, done: true },
      { action: 'load', version: 1, done: true },
    ]);
    expect(events!.map(({ datetime }) => new Date(datetime as string).getTime())).not.toContain(NaN);
  });

  it('gives the events page by page, in either order', async () => {
    await client.register(2);
    const all = (await client.get('/model/events')).body.events!;
    for (const [order, expected] of [
      ['desc', all],
      ['asc', all.toReversed()],
    ] as const) {
      // prettier-ignore
      const first = (await client.get(`/model/events?order=${order}&limit=2`)).body;
      const second = (await client.get(`/model/events?order=${order}&limit=2&after=${String(first['next'])}`)).body;
      expect([...first.events!, ...second.events!]).toEqual(expected);
      expect(second).not.toHaveProperty('next');
    }
  });

  describe('with rows beside the file', () => {
    const header = Object.keys(FLIGHT).join(',');
    const row = Object.values(FLIGHT).join(',');

    it('takes a model that reproduces its sample, as CSV or JSON, and says how well', async () => {
      const score = (await client.predict()).score;
      const csv = `${header},score,flight\n${row},${score},UA1545\n`;
      const result = { sample: { rows: 1, tolerance: 1e-6, largest_difference: expect.any(Number) } };
      for (const sample of [csv, JSON.stringify([{ ...FLIGHT, score }]), JSON.stringify([{ features: FLIGHT, score }])])
        expect(await client.load('/model/load/?activate=false', { sample })).toMatchObject({
          status: 200,
          body: result,
        });
    });

    it('refuses one that does not, with the first ten rows that differ, and the old one goes on', async () => {
      const rows = Array.from({ length: 12 }, (_, i) => `${row},${i + 1000}`).join('\n');
      const answer = await client.load('/model/load/', { sample: `${header},score\n${rows}` });
      expect(answer).toMatchObject({ status: 422, body: { code: 'SAMPLE_DIFFERS' } });
      expect(answer.body.errors).toHaveLength(10);
      expect(answer.body.errors![0]).toMatchObject({ feature: 'row 1', expected: '1000' });
      expect((await client.predict()).model_version).toBe(1);
      expect((await client.get('/model/events')).body.events![0]).toMatchObject({ action: 'load', done: false });
    });

    it('takes the tolerance that is asked for', async () => {
      const sample = `${header},score\n${row},${(await client.predict()).score * 1.01}`;
      expect((await client.load('/model/load/', { sample })).status).toBe(422);
      expect((await client.load('/model/load/', { sample, tolerance: '0.02' })).status).toBe(200);
    });

    it('learns ranges and quantiles from a baseline, as numpy has them', async () => {
      const rows = Array.from({ length: 101 }, (_, i) => Object.values({ ...FLIGHT, distance: i * i }).join(','));
      await client.load('/model/load/', { baseline: [`${header},late`, ...rows.map((r) => `${r},1`)].join('\n') });
      const { features } = (await client.get('/model/versions/2/signature')).body;
      const distance = features!.find(({ name }) => name === 'distance')!;
      expect(distance).toMatchObject({ range: { min: 0, max: 10_000 } });
      expect(distance.quantiles).toMatchObject({ '0.05': 25, '0.5': 2500, '0.95': 9025 });
    });

    it('leaves a range that a signature enforces as it is, whatever the baseline holds', async () => {
      const features = Object.keys(FLIGHT).map((name) => ({ name, type: 'double', range: { min: -1, max: 1e6 } }));
      const enforced = features.map((feature) => ({ ...feature, range: { ...feature.range, enforce: true } }));
      const parts = { signature: JSON.stringify({ features: [...enforced.slice(0, 1), ...features.slice(1)] }) };
      await client.load('/model/load/', { ...parts, baseline: `${header}\n${row}` });
      const [first, second] = (await client.get('/model/versions/2/signature')).body.features!;
      expect(first).toMatchObject({ range: { min: -1, max: 1e6, enforce: true }, quantiles: expect.any(Object) });
      expect(second).toMatchObject({ range: { min: FLIGHT.sched_arr_time, max: FLIGHT.sched_arr_time } });
    });

    it('takes names and units from a signature beside the file', async () => {
      const signature = await (await service.fetch('/model/versions/1/signature')).text();
      const answer = await client.load('/model/load/', { signature: new Blob([signature]) }, SHIPPED_MODEL);
      expect(answer.body).toMatchObject({ names_from: 'signature', features: Object.keys(FLIGHT) });
      expect(await client.load('/model/load/', { signature: '{}' })).toMatchObject({
        status: 400,
        body: { code: 'SIGNATURE_INVALID' },
      });
    });

    it('takes no category that the model does not know, whatever signature is beside the file', async () => {
      const names = ['city', 'size', 'level'];
      const features = names.map((name) => ({ name, type: name === 'level' ? 'double' : 'string' }));
      const signature = JSON.stringify({ features });
      expect((await client.load('/models/cities/load/', { signature }, KNOWN_CATEGORIES)).status).toBe(200);
      const predict = (city: string) => client.send('POST', '/models/cities/predict/', { city, size: 'L', level: 1 });
      expect((await predict('a')).status).toBe(200);
      expect(await predict('z')).toMatchObject({ status: 422, body: { errors: [{ feature: 'city' }] } });
    });
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
