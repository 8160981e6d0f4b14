import type { DatabaseHealth } from '@app/database';
import type { ModelProvider } from '@app/registry';
import { HealthService } from './health.service.js';

const database = { isUp: async () => true } as unknown as DatabaseHealth;
const provider = { status: () => ({ live: { m: 1 }, failed: {} }) } as unknown as ModelProvider;

describe('HealthService', () => {
  it('is ready until a stop begins, and then says that the service is stopping', async () => {
    const health = new HealthService(database, provider);
    await expect(health.readiness()).resolves.toEqual({ status: 'ok', database: 'ok', models: { m: 1 } });
    health.onModuleDestroy();
    await expect(health.readiness()).rejects.toMatchObject({ code: 'NOT_READY', message: 'the service is stopping' });
  });
});
