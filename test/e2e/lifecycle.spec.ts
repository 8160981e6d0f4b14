// The built service as a user runs it: `node dist/apps/api/src/main.js` on the embedded database.
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { emptyDataDir } from '../setup/data-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { FLIGHT, type HistoryBody, jsonPost } from '../setup/service.js';

const CALLERS = 8;
const ROUNDS = 3;
const LOAD_MS = 1500;

describe('the service as a process', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = emptyDataDir();
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends cleanly on %s, leaves no process behind, and starts again',
    async (signal) => {
      const first = await startProcess(dataDir);
      const { id } = (await (await fetch(`${first.url}/model/predict/`, jsonPost(FLIGHT))).json()) as { id: string };
      expect(await first.end(signal)).toBe(0);
      expect(processesOf(dataDir)).toEqual([]);
      const second = await startProcess(dataDir);
      expect((await historyOf(second)).map(({ _id }) => _id)).toEqual([id]);
      await second.end('SIGTERM');
    },
    60_000,
  );

  it('answers a request that it has accepted before SIGTERM', async () => {
    const service = await startProcess(dataDir);
    const slow = await halfSent(service.url, JSON.stringify(FLIGHT));
    const ended = service.end('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await slow.sendTheRest()).toBe(200);
    expect(await ended).toBe(0);
  }, 60_000);

  it(`keeps every acknowledged prediction over ${ROUNDS} rounds of kill -9 under load`, async () => {
    const acknowledged = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const service = await startProcess(dataDir);
      const callers = Array.from({ length: CALLERS }, () => predictUntilItDies(service, acknowledged));
      await new Promise((resolve) => setTimeout(resolve, LOAD_MS));
      await service.end('SIGKILL');
      await Promise.all(callers);
    }
    const service = await startProcess(dataDir);
    const kept = (await historyOf(service)).map(({ _id }) => _id);
    await service.end('SIGTERM');
    expect(acknowledged.size).toBeGreaterThan(ROUNDS * CALLERS);
    expect([...acknowledged].filter((id) => !kept.includes(id))).toEqual([]);
    expect(new Set(kept).size).toBe(kept.length);
  }, 120_000);
});

/** A predict request of which the server has the headers and half of the body. */
async function halfSent(url: string, body: string): Promise<{ sendTheRest(): Promise<number> }> {
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const outgoing = request(`${url}/model/predict/`, { method: 'POST', headers });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  outgoing.write(body.slice(0, 10));
  await new Promise((resolve) => setTimeout(resolve, 300));
  return {
    sendTheRest: async () => {
      outgoing.end(body.slice(10));
      const [response] = await answered;
      response.resume();
      return response.statusCode!;
    },
  };
}

async function predictUntilItDies(service: ServiceProcess, acknowledged: Set<string>): Promise<void> {
  while (service.child.exitCode === null && service.child.signalCode === null) {
    try {
      const response = await fetch(`${service.url}/model/predict/`, jsonPost(FLIGHT));
      acknowledged.add(((await response.json()) as { id: string }).id);
    } catch {
      // The answer was lost with the process: it was not acknowledged.
      return;
    }
  }
}

async function historyOf({ url }: ServiceProcess): Promise<HistoryBody['history']> {
  return ((await (await fetch(`${url}/model/history/`)).json()) as HistoryBody).history;
}

// Every process that was started for this folder names it on its command line or in its environment.
function processesOf(dataDir: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return pids.filter((pid) => {
    try {
      return (
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir) ||
        readFileSync(`/proc/${pid}/environ`, 'utf8').includes(dataDir)
      );
    } catch {
      return false;
    }
  });
}
