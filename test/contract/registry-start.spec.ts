// What the service does with a folder of models, with a registry that is filled, and with a version that it cannot load.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import { FLIGHT, ONNX_MODEL, startAgain, startService, type TestService } from '../setup/service.js';
import { testDatabaseUri } from '../setup/test-database.js';

const SHIPPED = new URL('../../models/flight-delay/1', import.meta.url).pathname;

describe('a folder of models', () => {
  let folder: string;
  let service: TestService;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scorekeeper-models-'));
    for (const version of ['flight-delay/1', 'flight-delay/2', 'flight-delay/10', 'flight-late/1'])
      cpSync(SHIPPED, join(folder, version), { recursive: true });
  });
  afterEach(async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const modelsOf = async (): Promise<unknown> => (await (await service.fetch('/models')).json()) as unknown;

  it('is registered in order, each model with its greatest version live', async () => {
    service = await startService({ MODELS_DIR: folder });
    expect(await modelsOf()).toMatchObject({
      models: [
        { name: 'flight-delay', live_version: 10, last_version: 10 },
        { name: 'flight-late', live_version: 1 },
      ],
    });
  });

  it('has the version live that a file `live` names', async () => {
    writeFileSync(join(folder, 'flight-delay/live'), '1\n');
    service = await startService({ MODELS_DIR: folder });
    expect(await modelsOf()).toMatchObject({ models: [{ live_version: 1, last_version: 10 }, { live_version: 1 }] });
    expect((await service.load('model.onnx', ONNX_MODEL)).status).toBe(200);
    expect(await modelsOf()).toMatchObject({ models: [{ live_version: 11 }, {}] });
  });

  it('is left alone where its models are live already, whatever lies in it', async () => {
    service = await startService({ MODELS_DIR: folder });
    await service.fetch('/model/versions/2/activate', { method: 'POST' });
    await service.stop();
    writeFileSync(join(folder, 'flight-delay/1/model.pkl'), 'not a model any more');
    service = await startAgain({ MODELS_DIR: folder });
    expect(await modelsOf()).toMatchObject({ models: [{ live_version: 2, last_version: 10 }, { live_version: 1 }] });
  });

  it('need not be there', async () => {
    service = await startService({ MODELS_DIR: join(folder, 'elsewhere') });
    expect(await modelsOf()).toEqual({ models: [] });
  });

  it('is finished at the next start where the first one was interrupted', async () => {
    service = await startService({ MODELS_DIR: folder });
    await service.stop();
    await inDatabase(async (connection) => {
      // As after a kill -9 between version 2 and the rest.
      await connection.collection('model_versions').deleteMany({ version: { $ne: 2 } });
      await connection.collection('models').deleteOne({ _id: 'flight-late' as never });
      await connection.collection('models').updateOne({}, { $unset: { traffic: 1 } });
    });
    service = await startAgain({ MODELS_DIR: folder });
    expect(await modelsOf()).toMatchObject({ models: [{ live_version: 10 }, { live_version: 1 }] });
  });
});

describe('a replica that cannot load a version', () => {
  let service: TestService;
  beforeEach(async () => {
    service = await startService();
    await service.fetch('/model/load/?activate=false', { method: 'POST', body: upload() });
    await inDatabase((connection) => goLiveWithoutFiles(connection, 2));
  });
  afterEach(() => service.stop());

  const ready = async (): Promise<{ status: number; detail?: string }> => {
    const response = await service.fetch('/health/ready');
    const { detail } = (await response.json()) as { detail?: string };
    return { status: response.status, ...(detail !== undefined && { detail }) };
  };

  it('says so, goes on with the version that it has, and is ready again when another goes live', async () => {
    await until(async () => (await ready()).status === 503);
    expect((await ready()).detail).toContain('model flight-delay');
    expect(await (await service.predict(FLIGHT)).json()).toMatchObject({ model_version: 1 });
    expect((await service.fetch('/model/versions/1/activate', { method: 'POST' })).status).toBe(200);
    expect(await ready()).toEqual({ status: 200 });
  });

  it('starts nevertheless, and says so', async () => {
    await service.stop();
    service = await startAgain();
    expect((await ready()).status).toBe(503);
    expect((await service.predict(FLIGHT)).status).toBe(503);
    expect((await service.load('model.onnx', ONNX_MODEL)).status).toBe(200);
    expect(await ready()).toEqual({ status: 200 });
  });
});

describe('a deletion that was interrupted', () => {
  it('leaves a version that nobody can be given, and is finished at the next start', async () => {
    let service = await startService();
    await service.fetch('/model/load/?activate=false', { method: 'POST', body: upload() });
    await inDatabase(async (connection) => {
      await connection.collection('models').updateOne({}, { $set: { leaving: [2] }, $inc: { revision: 1 } });
    });
    expect((await service.fetch('/model/versions/2/activate', { method: 'POST' })).status).toBe(404);
    await service.stop();
    service = await startAgain();
    await until(async () => (await service.fetch('/model/versions/2')).status === 404);
    await inDatabase(async (connection) => {
      await until(async () => (await connection.collection('models').findOne())!['leaving'].length === 0);
      expect(await connection.collection('artifacts.files').countDocuments()).toBe(2);
    });
    await service.stop();
  });
});

// As another replica would have it, whose files this one cannot read.
async function goLiveWithoutFiles(connection: Connection, version: number): Promise<void> {
  const kept = await connection.collection('model_versions').findOne({ version });
  await connection.collection('artifacts.chunks').deleteMany({ files_id: kept!['onnxId'] as never });
  const change = { $set: { traffic: { active: version, shadows: [] } }, $inc: { revision: 1 } };
  await connection.collection('models').updateOne({ _id: 'flight-delay' as never }, change);
}

async function inDatabase(work: (connection: Connection) => Promise<void>): Promise<void> {
  const connection = await mongoose.createConnection(testDatabaseUri()).asPromise();
  try {
    await work(connection);
  } finally {
    await connection.close();
  }
}

function upload(): FormData {
  const form = new FormData();
  form.set('file', new Blob([Uint8Array.from(ONNX_MODEL)]), 'model.onnx');
  return form;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries > 500) throw new Error('it does not come true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
