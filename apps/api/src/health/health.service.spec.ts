import type { CaptureJournal, CaptureRecorder } from '@app/capture';
import type { DatabaseHealth } from '@app/database';
import { Workers } from '@app/platform';
import type { ModelProvider } from '@app/registry';
import { HealthService } from './health.service.js';
import { together } from './worker-health.js';

const database = { isUp: async () => true } as unknown as DatabaseHealth;
const journal = {
  status: () => ({ waitingRows: 3, oldestMs: 20, journalBytes: 512, flushMs: 1.5 }),
} as unknown as CaptureJournal;
const recorder = (isRefusing: boolean) => ({ droppedRows: 0, isRefusing }) as unknown as CaptureRecorder;
const provider = { status: () => ({ live: { m: 1 }, failed: {} }) } as unknown as ModelProvider;

describe('HealthService', () => {
  it('is ready until a stop begins, and then says that the service is stopping', async () => {
    const health = new HealthService(database, provider, journal, recorder(false), new Workers());
    await expect(health.readiness()).resolves.toEqual({
      status: 'ok',
      database: 'ok',
      models: { m: 1 },
      capture: { waiting_rows: 3, oldest_ms: 20, journal_bytes: 512, flush_ms: 1.5, dropped_rows: 0 },
    });
    health.onModuleDestroy();
    await expect(health.readiness()).rejects.toMatchObject({ code: 'NOT_READY', message: 'the service is stopping' });
  });

  it('stays ready while the database is away, as predictions go on, until the journal takes no more', async () => {
    const away = { isUp: async () => false } as unknown as DatabaseHealth;
    const health = new HealthService(away, provider, journal, recorder(false), new Workers());
    await expect(health.readiness()).resolves.toMatchObject({ database: 'away' });
    const full = new HealthService(away, provider, journal, recorder(true), new Workers());
    await expect(full.readiness()).rejects.toMatchObject({
      code: 'NOT_READY',
      message: expect.stringContaining('journal'),
    });
  });

  it('speaks for all workers: it adds up their captures, and is not ready where one of them is not', () => {
    const capture = { waiting_rows: 1, oldest_ms: 5, journal_bytes: 10, flush_ms: 2, dropped_rows: 1 };
    const one = { reasons: [], capture };
    const other = { reasons: ['no'], capture: { ...capture, oldest_ms: 7, flush_ms: 1 } };
    expect(together([one, other, other])).toEqual({
      reasons: ['no'],
      capture: { waiting_rows: 3, oldest_ms: 7, journal_bytes: 30, flush_ms: 2, dropped_rows: 3 },
    });
  });
});
