// SIGTERM under load: nothing that was accepted is cut off, nothing that was acknowledged is lost.
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyDataDir, removeDataDir } from '../setup/data-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { Callers } from './callers.js';
import { historyOf, mistakesIn, NO_MISTAKES } from './kept.js';

const CALLERS = 64;
const LOAD_MS = 2000;

describe(`SIGTERM under the load of ${CALLERS} connections that are kept alive`, () => {
  const dataDir = emptyDataDir();
  let again: ServiceProcess | undefined;
  afterAll(async () => {
    await again?.end('SIGTERM');
    removeDataDir(dataDir);
  });

  it('answers what came on a connection that it had accepted, ends within its limit, and keeps every record', async () => {
    const service = await startProcess(dataDir);
    const callers = new Callers(service.url, { count: CALLERS });
    await sleep(LOAD_MS);
    // A stop that takes longer than SHUTDOWN_TIMEOUT_MS ends with exit code 1.
    expect(await service.end('SIGTERM')).toBe(0);
    await callers.stop();
    expect(callers.breaks.filter(({ wasAccepted }) => wasAccepted)).toHaveLength(0);
    expect(callers.refusals).toEqual([]);
    again = await startProcess(dataDir);
    expect(mistakesIn(await historyOf(again), callers.acknowledged)).toEqual(NO_MISTAKES);
  });
});
