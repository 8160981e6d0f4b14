// kill -9 under load: what was acknowledged is in the history, once.
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyDataDir, removeDataDir } from '../setup/data-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { Callers } from './callers.js';
import { databaseProcessOf } from './database-process.js';
import { historyOf, mistakesIn, NO_MISTAKES, until } from './kept.js';

const ROUNDS = 5;
const CALLERS = 16;
const LOAD_MS = 500;
const BACK_WITHIN_MS = 15_000;

describe(`every acknowledged prediction is in the history once, after ${ROUNDS} rounds of kill -9 under load`, () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = emptyDataDir();
  });
  let service: ServiceProcess | undefined;
  let callers: Callers | undefined;
  // Also after a failure: what still runs would keep the test run from ending.
  afterEach(async () => {
    await service?.end('SIGTERM');
    await callers?.stop();
    removeDataDir(dataDir);
  });

  it('of the server', async () => {
    await expectKeptAfterRounds((service) => service.end('SIGKILL'));
  });

  it('of the server and of its database', async () => {
    await expectKeptAfterRounds((service) => {
      process.kill(databaseProcessOf(service.child.pid!), 'SIGKILL');
      return service.end('SIGKILL');
    });
  });

  it('of the database, and predictions are answered again each time', async () => {
    service = await startProcess(dataDir);
    callers = new Callers(service.url, { count: CALLERS });
    for (let round = 0; round < ROUNDS; round++) {
      await sleep(LOAD_MS);
      process.kill(databaseProcessOf(service.child.pid!), 'SIGKILL');
      await until(() => hasHistory(service!), BACK_WITHIN_MS);
      const before = callers.acknowledged.length;
      await until(() => callers!.acknowledged.length > before + CALLERS, BACK_WITHIN_MS);
    }
    await callers.stop();
    expect(mistakesIn(await historyOf(service), callers.acknowledged)).toEqual(NO_MISTAKES);
    expect(await service.end('SIGTERM')).toBe(0);
  });

  async function expectKeptAfterRounds(kill: (service: ServiceProcess) => Promise<unknown>): Promise<void> {
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round++) acknowledged.push(...(await loadAndKill(kill)));
    service = await startProcess(dataDir);
    const history = await historyOf(service);
    expect(await service.end('SIGTERM')).toBe(0);
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * CALLERS);
    expect(mistakesIn(history, acknowledged)).toEqual(NO_MISTAKES);
  }

  async function loadAndKill(kill: (service: ServiceProcess) => Promise<unknown>): Promise<readonly string[]> {
    service = await startProcess(dataDir);
    callers = new Callers(service.url, { count: CALLERS });
    await sleep(LOAD_MS);
    await kill(service);
    await callers.stop();
    return callers.acknowledged;
  }
});

// The database answers again.
async function hasHistory({ url }: ServiceProcess): Promise<boolean> {
  return (await fetch(`${url}/model/history/?limit=1`, { signal: AbortSignal.timeout(2_000) })).ok;
}
