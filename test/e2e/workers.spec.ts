// Several workers on one port, as a user runs them: WORKERS=2 node dist/apps/api/src/main.js.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Callers } from '../fault/callers.js';
import { historyOf, mistakesIn, NO_MISTAKES, until } from '../fault/kept.js';
import { childrenOf, isRunning } from '../setup/child-processes.js';
import { emptyDataDir, removeDataDir } from '../setup/data-dir.js';
import { modelsDirWith } from '../setup/models-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { FLIGHT, type HistoryBody, jsonPost, ONNX_MODEL } from '../setup/service.js';
import { testDatabaseUri } from '../setup/test-database.js';

const CALLERS = 16;
const LOAD_MS = 600;
const BACK_WITHIN_MS = 20_000;
const MODELS_DIR = modelsDirWith('flight-delay', 1);
const SETTINGS = { WORKERS: '2', MODELS_DIR, LOG_LEVEL: 'warn', SHUTDOWN_TIMEOUT_MS: '8000' };

describe('two workers on one port', () => {
  const dataDir = emptyDataDir();
  const acknowledged: string[] = [];
  let service: ServiceProcess;
  let callers: Callers | undefined;
  beforeAll(async () => {
    service = await startProcess(dataDir, SETTINGS);
  });
  // Also after a failure: what still runs would keep the test run from ending.
  afterAll(async () => {
    await service.end('SIGTERM');
    await callers?.stop();
    removeDataDir(dataDir);
  });

  const workers = (): number[] => childrenOf(service.child.pid!, /worker\.main/);

  async function underLoad(work: () => Promise<void>): Promise<void> {
    callers = new Callers(service.url, { count: CALLERS });
    await sleep(LOAD_MS);
    await work();
    await callers.stop();
    acknowledged.push(...callers.acknowledged);
  }

  it('both keep what they answer, and all of it is in the history once, right after it was answered', async () => {
    await underLoad(async () => undefined);
    const journals = readdirSync(join(dataDir, 'journal'));
    expect(journals.filter((slot) => readdirSync(join(dataDir, 'journal', slot)).length > 1)).toHaveLength(2);
    expect(acknowledged.length).toBeGreaterThan(CALLERS);
    expect(mistakesIn(await historyOf(service), acknowledged)).toEqual(NO_MISTAKES);
    expect(await historyOf(service)).toHaveLength(acknowledged.length);
  });

  it('show in the history of one what the other has answered just before', async () => {
    for (let round = 0; round < 10; round++) {
      const { id } = await predict(service);
      acknowledged.push(id);
      const page = await onNewConnection(`${service.url}/model/history/?order=desc&limit=3`);
      const { history } = (await page.json()) as HistoryBody;
      expect(history.map(({ _id }) => _id)).toContain(id);
    }
  });

  it('show the numbers of both, whichever is asked', async () => {
    const counted = await Promise.all([1, 2, 3, 4].map(() => answeredIn(service)));
    expect(counted).toEqual(counted.map(() => acknowledged.length));
  });

  it('are ready with the captures of both', async () => {
    await predict(service);
    const response = await onNewConnection(`${service.url}/health/ready`);
    expect(response.status).toBe(200);
    const { capture } = (await response.json()) as { capture: { journal_bytes: number } };
    const shown = Number(/^scorekeeper_capture_journal_bytes (\d+)$/m.exec(await metricsOf(service))![1]);
    expect(capture.journal_bytes).toBe(shown);
  });

  it('both answer with a model as soon as its load is answered, and no more once it is unloaded', async () => {
    const body = new FormData();
    body.set('file', new Blob([Uint8Array.from(ONNX_MODEL)]), 'model.onnx');
    const loaded = await onNewConnection(`${service.url}/model/load/`, { method: 'POST', body });
    expect(await loaded.json()).toMatchObject({ model_version: 2 });
    expect(await eightTimes(async () => (await predict(service)).model_version)).toEqual(Array(8).fill(2));
    const repository = `${service.url}/v2/repository/models/flight-delay`;
    await onNewConnection(`${repository}/unload`, { method: 'POST' });
    const isReady = async () => (await onNewConnection(`${service.url}/v2/models/flight-delay/ready`)).status;
    expect(new Set(await eightTimes(isReady))).toEqual(new Set([404]));
    await onNewConnection(`${repository}/load`, { method: 'POST' });
    expect(new Set(await eightTimes(isReady))).toEqual(new Set([200]));
  });

  it('go on when one is killed, have all that it has acknowledged in the history at once, and are two again', async () => {
    const [killed, other] = workers() as [number, number];
    const shown = await answeredIn(service);
    await underLoad(async () => {
      process.kill(killed, 'SIGKILL');
      const before = [...callers!.acknowledged];
      const history = await asked(() => historyOf(service));
      expect(mistakesIn(history, [...acknowledged, ...before])).toEqual(NO_MISTAKES);
      expect(await asked(() => answeredIn(service))).toBeGreaterThanOrEqual(shown);
      await until(() => workers().length === 2 && !workers().includes(killed), BACK_WITHIN_MS);
    });
    expect(workers()).toContain(other);
    // A connection on its way to the worker that was killed is closed, not forgotten.
    expect(callers!.breaks.filter(({ code }) => code === 'TIMEOUT')).toEqual([]);
    expect(callers!.refusals).toEqual([]);
    expect(mistakesIn(await historyOf(service), acknowledged)).toEqual(NO_MISTAKES);
  });

  it('say in one line why they cannot start', async () => {
    const elsewhere = emptyDataDir();
    const where = { MONGODB_URI: testDatabaseUri(), MODELS_DIR: '', PORT: new URL(service.url).port };
    const taken = startProcess(elsewhere, { ...SETTINGS, ...where });
    await expect(taken).rejects.toThrow(/^Scorekeeper stops: .*EADDRINUSE.*$/m);
    removeDataDir(elsewhere);
  });

  it('end when their primary process is killed, and what they have acknowledged is kept', async () => {
    const all = [...workers(), ...childrenOf(service.child.pid!, /engine\.child|mongod/)];
    await underLoad(() => service.end('SIGKILL').then(() => undefined));
    await until(() => !all.some(isRunning), BACK_WITHIN_MS);
    service = await startProcess(dataDir, SETTINGS);
    expect(mistakesIn(await historyOf(service), acknowledged)).toEqual(NO_MISTAKES);
  });

  it('end cleanly on SIGTERM under load, break off nothing that was accepted, and leave no process behind', async () => {
    const all = [...workers(), ...childrenOf(service.child.pid!, /engine\.child|mongod/)];
    await underLoad(async () => expect(await service.end('SIGTERM')).toBe(0));
    expect(callers!.breaks.filter(({ wasAccepted }) => wasAccepted)).toEqual([]);
    expect(callers!.refusals).toEqual([]);
    await until(() => !all.some(isRunning), BACK_WITHIN_MS);
  });
});

// Connections, not requests, go to one worker and the other.
function onNewConnection(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('connection', 'close');
  return fetch(url, { ...init, headers });
}

async function predict({ url }: ServiceProcess): Promise<{ readonly id: string; readonly model_version: number }> {
  const response = await onNewConnection(`${url}/model/predict/`, jsonPost(FLIGHT));
  return (await response.json()) as { id: string; model_version: number };
}

async function metricsOf({ url }: ServiceProcess): Promise<string> {
  return (await onNewConnection(`${url}/metrics`)).text();
}

async function answeredIn(service: ServiceProcess): Promise<number> {
  const found = /^scorekeeper_prediction_requests_total\{status="200"\} (\d+)$/m.exec(await metricsOf(service));
  return Number(found?.[1]);
}

function eightTimes<T>(work: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: 8 }, work));
}

/** Tries again once: the connection may have gone to the worker that was just killed. */
function asked<T>(read: () => Promise<T>): Promise<T> {
  return read().catch(read);
}
