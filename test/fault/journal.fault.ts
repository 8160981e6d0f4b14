// The local journal in front of the database: full, on a full disk, or damaged.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { emptyDataDir, removeDataDir } from '../setup/data-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { FLIGHT, jsonPost } from '../setup/service.js';
import { Callers, type Refusal } from './callers.js';
import { ExternalDatabase } from './external.database.js';
import { JournalFolder } from './journal.folder.js';
import { historyOf, mistakesIn, NO_MISTAKES, until } from './kept.js';

const CALLERS = 16;
const FULL_WITHIN_MS = 30_000;
const CAUGHT_UP_WITHIN_MS = 20_000;
const JOURNAL_BYTES = 2 * 2 ** 20;
const PREDICTIONS = 30;

describe('the journal of captures, while the database is away', () => {
  let dataDir: string;
  let database: ExternalDatabase;
  let service: ServiceProcess;
  let callers: Callers | undefined;
  beforeEach(async () => {
    dataDir = emptyDataDir();
    database = await ExternalDatabase.start();
  });
  afterEach(async () => {
    database.resume();
    await service.end('SIGTERM');
    await callers?.stop();
    await database.remove();
    removeDataDir(dataDir);
  });

  const start = (environment: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> =>
    startProcess(dataDir, { MONGODB_URI: database.uri, ...environment });

  it('refuses with 503 and Retry-After at its limit, and takes predictions again once the database is back', async () => {
    service = await start({ JOURNAL_MAX_BYTES: String(JOURNAL_BYTES) });
    database.pause();
    callers = new Callers(service.url, { count: CALLERS });
    await until(() => callers!.refusals.length > 0, FULL_WITHIN_MS);
    expect(callers.acknowledged.length).toBeGreaterThan(CALLERS);
    database.resume();
    await expectRecovery();
  });

  it('refuses likewise on a full disk, and goes on when there is room', async () => {
    const disk = smallDisk(join(dataDir, 'journal'));
    if (!disk) return void process.stderr.write('not checked: a full disk needs the right to mount one\n');
    try {
      service = await start();
      database.pause();
      disk.fill();
      callers = new Callers(service.url, { count: CALLERS });
      await until(() => callers!.refusals.length > 0, FULL_WITHIN_MS);
      disk.makeRoom();
      database.resume();
      await expectRecovery();
    } finally {
      await service.end('SIGTERM');
      disk.remove();
    }
  });

  it.each([
    ['garbage after its end', (journal: JournalFolder) => journal.appendGarbage(), PREDICTIONS],
    ['a record cut in two at its end', (journal: JournalFolder) => journal.cutLastRecord(), PREDICTIONS - 1],
  ])('drops %s with a warning and keeps all before it', async (_, damage, kept) => {
    service = await start();
    database.pause();
    const answered = await predictSome();
    await service.end('SIGKILL');
    damage(new JournalFolder(dataDir));
    database.resume();
    service = await start();
    const before = answered.slice(0, kept);
    await until(async () => (await historyOf(service)).length >= kept, CAUGHT_UP_WITHIN_MS);
    expect((await historyOf(service)).map(({ _id }) => _id)).toEqual(before);
    expect(service.output()).toMatch(/"level":"warn".*journal/i);
    expect(await service.end('SIGTERM')).toBe(0);
    service = await start();
    expect((await historyOf(service)).map(({ _id }) => _id)).toEqual(before);
  });

  async function expectRecovery(): Promise<void> {
    const before = callers!.acknowledged.length;
    await until(() => callers!.acknowledged.length > before + CALLERS, CAUGHT_UP_WITHIN_MS);
    await callers!.stop();
    for (const refusal of callers!.refusals) expectUnavailable(refusal);
    expect(callers!.breaks).toEqual([]);
    await until(async () => (await historyOf(service)).length >= callers!.acknowledged.length, CAUGHT_UP_WITHIN_MS);
    expect(mistakesIn(await historyOf(service), callers!.acknowledged)).toEqual(NO_MISTAKES);
  }

  async function predictSome(): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < PREDICTIONS) {
      const signal = AbortSignal.timeout(4_000);
      const answer = await fetch(`${service.url}/model/predict/`, { ...jsonPost(FLIGHT), signal });
      expect(answer.status).toBe(200);
      ids.push(((await answer.json()) as { id: string }).id);
    }
    return ids;
  }
});

function expectUnavailable({ status, contentType, retryAfter, problem }: Refusal): void {
  expect(status).toBe(503);
  expect(contentType).toMatch('application/problem+json');
  expect(Number(retryAfter)).toBeGreaterThan(0);
  expect(problem).toMatchObject({ code: expect.stringMatching(/CAPTURE|JOURNAL/), detail: expect.any(String) });
}

interface SmallDisk {
  fill(): void;
  makeRoom(): void;
  remove(): void;
}

/** A disk of its own size at a path; nothing where this user may not mount one. */
function smallDisk(path: string): SmallDisk | undefined {
  mkdirSync(path, { recursive: true });
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', path]).status !== 0) return undefined;
  const ballast = join(path, '.ballast');
  return {
    fill: () => void spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=4k']),
    makeRoom: () => rmSync(ballast),
    remove: () => void spawnSync('umount', ['--lazy', path]),
  };
}
