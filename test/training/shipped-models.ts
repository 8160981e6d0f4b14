import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService, type TestService } from '../setup/service.js';

const MODELS = join(import.meta.dirname, '../../models');

/** The service with one shipped version alone, which is therefore its live and default model. */
export async function serve(model: string, version: number): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'scorekeeper-models-'));
  cpSync(join(MODELS, model, String(version)), join(folder, model, String(version)), { recursive: true });
  const service = await startService({ MODELS_DIR: folder, DEFAULT_MODEL: model });
  return {
    ...service,
    stop: async () => {
      await service.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
