import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from '../src/embedded/embedded.database.js';
import { findEngine } from '../src/embedded/engine.files.js';

/** An embedded engine of a test's own, on a directory that goes with it. */
export class TemporaryEngine {
  private constructor(
    readonly options: EmbeddedOptions,
    readonly database: EmbeddedDatabase,
    /** What it logged. */
    readonly lines: readonly string[],
  ) {}

  static async start(options: Partial<EmbeddedOptions> = {}): Promise<TemporaryEngine> {
    const dataDir = options.dataDir ?? (await temporaryDir());
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const complete = { nativeFile: await nativeFile(dataDir), log, ...options, dataDir };
    return new TemporaryEngine(complete, await startEmbedded(complete), lines);
  }

  async remove(): Promise<void> {
    await this.database.stop();
    await rm(this.options.dataDir, { recursive: true, force: true });
  }
}

/** A new directory under the system's temporary one. */
export function temporaryDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'scorekeeper-test-'));
}

/** Whether a process is there and runs; one that ended may wait for its parent to look. */
export function isAlive(pid: number): boolean {
  try {
    const isWaiting = process.platform === 'linux' && /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
    return process.kill(pid, 0) && !isWaiting;
  } catch {
    return false;
  }
}

/** Waits for something to become true, a few seconds at most. */
export async function until(isSo: () => boolean | Promise<boolean>, withinMs = 8_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not so within ${withinMs} ms: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function nativeFile(dataDir: string): Promise<string | undefined> {
  const found = await findEngine(dataDir);
  if (!found.usable) throw new Error(`these tests need the embedded engine: ${found.reason}`);
  return found.nativeFile;
}
