// A MongoDB that goes away under load: predictions go on, and the history catches up.
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyDataDir, removeDataDir } from '../setup/data-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { Callers } from './callers.js';
import { ExternalDatabase } from './external.database.js';
import { historyOf, mistakesIn, NO_MISTAKES, until } from './kept.js';

const CALLERS = 4;
const PAUSE_MS = 10;
const BEFORE_MS = 1000;
const FROZEN_MS = 20_000;
const GONE_MS = 5000;
const CAUGHT_UP_WITHIN_MS = 30_000;

describe('when MongoDB goes away under load', () => {
  const dataDir = emptyDataDir();
  let database: ExternalDatabase;
  let service: ServiceProcess;
  let callers: Callers | undefined;
  beforeAll(async () => {
    database = await ExternalDatabase.start();
    service = await startProcess(dataDir, { MONGODB_URI: database.uri });
  });
  beforeEach(async () => {
    callers = new Callers(service.url, { count: CALLERS, pauseMs: PAUSE_MS });
    await sleep(BEFORE_MS);
  });
  afterEach(() => callers?.stop());
  afterAll(async () => {
    await service.end('SIGTERM');
    await database.remove();
    removeDataDir(dataDir);
  });

  it(`predicts on while it is frozen for ${FROZEN_MS / 1000} s, and the history catches up`, async () => {
    database.pause();
    const { before, after } = await during(FROZEN_MS);
    database.resume();
    expect(after).toBeGreaterThan(before + CALLERS);
    await expectCaughtUp();
  });

  it('predicts on while it is killed, and the history catches up when it starts again on the same address', async () => {
    await database.kill();
    const { before, after } = await during(GONE_MS);
    await database.startAgain();
    expect(after).toBeGreaterThan(before + CALLERS);
    await expectCaughtUp();
  });

  // The last second only: what was answered while nobody had noticed yet says little.
  async function during(ms: number): Promise<{ before: number; after: number }> {
    await sleep(ms - 1000);
    const before = callers!.acknowledged.length;
    await sleep(1000);
    return { before, after: callers!.acknowledged.length };
  }

  async function expectCaughtUp(): Promise<void> {
    await callers!.stop();
    expect(callers!.refusals).toEqual([]);
    expect(callers!.breaks).toEqual([]);
    const mistakes = async (): Promise<object> => mistakesIn(await historyOf(service), callers!.acknowledged);
    await until(async () => JSON.stringify(await mistakes()) === JSON.stringify(NO_MISTAKES), CAUGHT_UP_WITHIN_MS);
  }
});
