// Three processes of the built service on one database, behind a proxy: what one is told, all do.
import { rmSync } from 'node:fs';
import mongoose from 'mongoose';
import { emptyDataDir } from '../setup/data-dir.js';
import { modelsDirWith } from '../setup/models-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { type RoundRobin, startRoundRobin } from '../setup/round-robin.js';
import { FLIGHT, jsonPost, ONNX_MODEL, SHIPPED_MODEL } from '../setup/service.js';
import { testDatabaseUri } from '../setup/test-database.js';

const VERSION_1 = { MODELS_DIR: modelsDirWith('flight-delay', 1) };
const REPLICAS = 3;
const CALLERS = 6;
const SWAPS = 30;
const PATIENCE_MS = 10_000;

const dataDirs: string[] = [];

interface Answer {
  readonly status: number;
  readonly version?: number;
  readonly score?: number;
}

describe('three replicas on one database', () => {
  let replicas: ServiceProcess[];
  let proxy: RoundRobin;
  beforeAll(async () => {
    await dropDatabase();
    // At the same moment: they all find an empty registry.
    replicas = await Promise.all(Array.from({ length: REPLICAS }, () => startReplica()));
    proxy = await startRoundRobin(replicas.map(({ url }) => url));
  });
  afterAll(async () => {
    proxy.stop();
    await Promise.all(
      replicas.filter(({ child }) => child.signalCode === null).map((replica) => replica.end('SIGTERM')),
    );
    dataDirs.forEach((dataDir) => rmSync(dataDir, { recursive: true, force: true }));
  });

  const urls = (): string[] => replicas.map(({ url }) => url);
  const areAllOn = async (version: number): Promise<boolean> =>
    (await Promise.all(urls().map(predict))).every((answer) => answer.version === version);

  it('register the folder once, whichever is first', async () => {
    const { versions } = (await (await fetch(`${proxy.url}/model/versions`)).json()) as { versions: object[] };
    expect(versions).toHaveLength(1);
    expect(await areAllOn(1)).toBe(true);
  });

  it('all answer with what was loaded, activated or rolled back on one of them', async () => {
    expect(await load(urls()[0]!, SHIPPED_MODEL, 'model.pkl')).toBe(2);
    await until(() => areAllOn(2));
    await post(`${urls()[1]}/model/versions/1/activate`);
    await until(() => areAllOn(1));
    await post(`${urls()[2]}/model/rollback`);
    await until(() => areAllOn(2));
  });

  it('give loads at the same moment different versions', async () => {
    const versions = await Promise.all(urls().map((url) => load(url, ONNX_MODEL, 'model.onnx')));
    expect(versions.toSorted((a, b) => a - b)).toEqual([3, 4, 5]);
  });

  it('let changes at the same moment come one after the other, so that each can be rolled back', async () => {
    await post(`${urls()[0]}/model/versions/5/activate`);
    await Promise.all([1, 2, 3, 4].map((v, i) => post(`${urls()[i % REPLICAS]}/model/versions/${v}/activate`)));
    const wasLive = [await activeAt(urls()[0]!)];
    for (let back = 0; back < 4; back++) {
      await post(`${urls()[0]}/model/rollback`);
      wasLive.push(await activeAt(urls()[0]!));
    }
    expect(wasLive.slice(0, 4).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    expect(wasLive[4]).toBe(5);
  });

  it('answer every request, from one whole version each, while any of them swaps', async () => {
    const answers = await underLoad(proxy.url, async () => {
      for (let swap = 0; swap < SWAPS; swap++) {
        await post(`${urls()[swap % REPLICAS]}/model/versions/${(swap % 5) + 1}/activate`);
      }
    });
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(scoresAVersion(answers)).toBe(1);
  });

  it('go on when one is killed in the middle of a swap', async () => {
    const [first, killed, third] = replicas as [ServiceProcess, ServiceProcess, ServiceProcess];
    const answers = await underLoad(proxy.url, async () => {
      const swap = post(`${killed.url}/model/versions/1/activate`).catch(() => undefined);
      await killed.end('SIGKILL');
      await swap;
      for (const [i, { url }] of [first, third, first, third].entries())
        await post(`${url}/model/versions/${(i % 2) + 2}/activate`);
    });
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    replicas = [first, third];
    await until(() => areAllOn(3));
  });
});

function startReplica(): Promise<ServiceProcess> {
  const dataDir = emptyDataDir();
  dataDirs.push(dataDir);
  // None stays warm: every swap frees the version that it replaces.
  return startProcess(dataDir, { ...VERSION_1, MONGODB_URI: testDatabaseUri(), WARM_VERSIONS: '0' });
}

async function predict(url: string): Promise<Answer> {
  const response = await fetch(`${url}/model/predict/`, jsonPost(FLIGHT));
  const { model_version: version, score } = (await response.json()) as { model_version: number; score: number };
  return { status: response.status, version, score };
}

async function post(url: string): Promise<void> {
  const response = await fetch(url, { method: 'POST' });
  if (response.status !== 200) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

async function load(url: string, bytes: Uint8Array, fileName: string): Promise<number> {
  const body = new FormData();
  body.set('file', new Blob([Uint8Array.from(bytes)]), fileName);
  const answer = await fetch(`${url}/model/load/`, { method: 'POST', body });
  return ((await answer.json()) as { model_version: number }).model_version;
}

async function activeAt(url: string): Promise<number> {
  return ((await (await fetch(`${url}/model/traffic`)).json()) as { active: number }).active;
}

/** What callers were answered while something was done. */
async function underLoad(url: string, work: () => Promise<void>): Promise<Answer[]> {
  const answers: Answer[] = [];
  let isDone = false;
  const callers = Array.from({ length: CALLERS }, async () => {
    while (!isDone) answers.push(await predict(url).catch(() => ({ status: 0 })));
  });
  await work().finally(() => (isDone = true));
  await Promise.all(callers);
  return answers;
}

// A mixture of two versions would give one of them a second score.
function scoresAVersion(answers: readonly Answer[]): number {
  const versions = new Set(answers.map(({ version }) => version));
  return new Set(answers.map(({ version, score }) => `${version} ${score}`)).size / versions.size;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const started = Date.now();
  while (!(await isTrue())) {
    if (Date.now() - started > PATIENCE_MS) throw new Error(`not within ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  process.stderr.write(`in force everywhere after ${Date.now() - started} ms\n`);
}

async function dropDatabase(): Promise<void> {
  const connection = await mongoose.createConnection(testDatabaseUri()).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
