// Hundreds of swaps in a row under load: no request fails, and resident memory is where it was.
import { readFileSync, rmSync } from 'node:fs';
import { emptyDataDir } from '../setup/data-dir.js';
import { modelsDirWith } from '../setup/models-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { FLIGHT, jsonPost, ONNX_MODEL, SHIPPED_MODEL } from '../setup/service.js';

const VERSION_1 = { MODELS_DIR: modelsDirWith('flight-delay', 1) };
const CALLERS = 4;
// More than stay warm: most swaps load from the database.
const VERSIONS = 12;
const WARM_UP = 50;
// A model in memory is about 1 MB here: 200 that were not freed would be far beyond what the allocators keep for later.
const MOST_GROWTH_MB = 60;

describe('swaps in a row, under load', () => {
  const dataDir = emptyDataDir();
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startProcess(dataDir, VERSION_1);
  });
  afterAll(async () => {
    await service.end('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  });

  it.each<[number, string, (i: number) => Promise<Response>]>([
    [200, 'of versions that are kept', (i) => activate(service.url, (i % VERSIONS) + 1)],
    [60, 'by uploads', (i) => load(service.url, i)],
  ])('%i swaps %s answer every request and leave memory where it was', async (swaps, _, swap) => {
    for (let i = 0; i < VERSIONS; i++) await succeed(load(service.url, i));
    const statuses = await underLoad(service.url, async () => {
      for (let i = 0; i < WARM_UP; i++) await succeed(swap(i));
      const before = residentMb(service);
      for (let i = 0; i < swaps; i++) await succeed(swap(i));
      const after = residentMb(service);
      process.stderr.write(`${swaps} swaps: ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after\n`);
      expect(after - before).toBeLessThan(MOST_GROWTH_MB);
    });
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

async function succeed(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text}`);
}

function activate(url: string, version: number): Promise<Response> {
  return fetch(`${url}/model/versions/${version}/activate`, { method: 'POST' });
}

function load(url: string, i: number): Promise<Response> {
  const body = new FormData();
  const [bytes, name] = i % 2 === 0 ? [SHIPPED_MODEL, 'model.pkl'] : [ONNX_MODEL, 'model.onnx'];
  body.set('file', new Blob([Uint8Array.from(bytes)]), name);
  return fetch(`${url}/model/load/`, { method: 'POST', body });
}

async function underLoad(url: string, work: () => Promise<void>): Promise<number[]> {
  const statuses: number[] = [];
  let isDone = false;
  const callers = Array.from({ length: CALLERS }, async () => {
    while (!isDone) {
      const response = await fetch(`${url}/model/predict/`, jsonPost(FLIGHT));
      statuses.push(response.status);
      await response.text();
    }
  });
  await work().finally(() => (isDone = true));
  await Promise.all(callers);
  return statuses;
}

function residentMb({ child }: ServiceProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024;
}
