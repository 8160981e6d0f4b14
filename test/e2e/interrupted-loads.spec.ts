// kill -9 at any moment of a load: what was kept before is whole, what was not finished is gone, and the next load goes on.
import { rmSync } from 'node:fs';
import mongoose, { Types } from 'mongoose';
import { emptyDataDir } from '../setup/data-dir.js';
import { modelsDirWith } from '../setup/models-dir.js';
import { startProcess } from '../setup/process.js';
import { FLIGHT, jsonPost, SHIPPED_MODEL, startAgain, startService } from '../setup/service.js';
import { testDatabaseUri } from '../setup/test-database.js';

const VERSION_1 = { MODELS_DIR: modelsDirWith('flight-delay', 1) };
const MOMENTS_MS = [20, 80, 150, 250, 400];

interface Versions {
  readonly versions: readonly { readonly version: number; readonly role: string }[];
}

describe('a load that is interrupted', () => {
  const dataDir = emptyDataDir();
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('leaves every version whole, one of them live, over kill -9 at different moments', async () => {
    let greatest = 0;
    for (const moment of MOMENTS_MS) {
      const service = await startProcess(dataDir, VERSION_1);
      greatest = await checkWhole(service.url, greatest);
      const loading = load(service.url).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, moment));
      await service.end('SIGKILL');
      await loading;
    }
    const service = await startProcess(dataDir, VERSION_1);
    greatest = await checkWhole(service.url, greatest);
    const { model_version: next } = (await (await load(service.url)).json()) as { model_version: number };
    expect(next).toBeGreaterThan(greatest);
    await service.end('SIGTERM');
  }, 120_000);
});

describe('files that no version needs', () => {
  it('are removed at a start once they are old, and those of versions stay', async () => {
    await (await startService()).stop();
    const connection = await mongoose.createConnection(testDatabaseUri()).asPromise();
    const old = Types.ObjectId.createFromTime(Date.now() / 1000 - 3600);
    await connection.collection('artifacts.chunks').insertOne({ files_id: old, n: 0, data: Buffer.alloc(10) });
    const young = new Types.ObjectId();
    await connection.collection('artifacts.chunks').insertOne({ files_id: young, n: 0, data: Buffer.alloc(10) });
    const service = await startAgain();
    const kept = () => connection.collection('artifacts.chunks').distinct('files_id');
    await until(async () => !(await kept()).some((id) => old.equals(id as Types.ObjectId)));
    expect((await kept()).some((id) => young.equals(id as Types.ObjectId))).toBe(true);
    expect(Buffer.from(await (await service.fetch('/model/versions/1/file')).arrayBuffer())).toEqual(SHIPPED_MODEL);
    await service.stop();
    await connection.close();
  });
});

/** Every version has its files, the live one answers; gives the greatest number. */
async function checkWhole(url: string, before: number): Promise<number> {
  const { versions } = (await (await fetch(`${url}/model/versions`)).json()) as Versions;
  for (const { version } of versions) {
    const file = await fetch(`${url}/model/versions/${version}/file`);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(SHIPPED_MODEL);
    expect((await fetch(`${url}/model/versions/${version}/onnx`)).status).toBe(200);
  }
  const live = versions.find(({ role }) => role === 'active')!;
  const answer = await fetch(`${url}/model/predict/`, jsonPost(FLIGHT));
  expect(await answer.json()).toMatchObject({ model_version: live.version });
  const greatest = Math.max(...versions.map(({ version }) => version));
  expect(greatest).toBeGreaterThanOrEqual(before);
  return greatest;
}

function load(url: string): Promise<Response> {
  const body = new FormData();
  body.set('file', new Blob([Uint8Array.from(SHIPPED_MODEL)]), 'model.pkl');
  return fetch(`${url}/model/load/`, { method: 'POST', body });
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries > 500) throw new Error('it does not come true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
