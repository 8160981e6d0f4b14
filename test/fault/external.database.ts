import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { emptyDataDir, removeDataDir } from '../setup/data-dir.js';
import { databaseProcessOf } from './database-process.js';

const SCRIPT = join(import.meta.dirname, 'external-database.mjs');

/** A MongoDB that is not the service's own: it can be stopped, killed and started again on the same address and data. */
export class ExternalDatabase {
  private constructor(
    private readonly dataDir: string,
    private owner: ChildProcess,
    readonly uri: string,
  ) {}

  static async start(): Promise<ExternalDatabase> {
    const dataDir = emptyDataDir();
    const { owner, uri } = await startOn(dataDir);
    return new ExternalDatabase(dataDir, owner, uri);
  }

  /** It keeps its connections and answers nothing. */
  pause(): void {
    process.kill(databaseProcessOf(this.owner.pid!), 'SIGSTOP');
  }

  resume(): void {
    process.kill(databaseProcessOf(this.owner.pid!), 'SIGCONT');
  }

  /** kill -9: nobody listens at its address any more. */
  async kill(): Promise<void> {
    const database = databaseProcessOf(this.owner.pid!);
    const ended = once(this.owner, 'exit');
    process.kill(database, 'SIGKILL');
    this.owner.kill('SIGKILL');
    await ended;
  }

  async startAgain(): Promise<void> {
    const { owner, uri } = await startOn(this.dataDir);
    if (uri !== this.uri) throw new Error(`it listens elsewhere now: ${uri}`);
    this.owner = owner;
  }

  async remove(): Promise<void> {
    const ended = once(this.owner, 'exit');
    this.owner.kill('SIGTERM');
    await ended;
    removeDataDir(this.dataDir);
  }
}

async function startOn(dataDir: string): Promise<{ owner: ChildProcess; uri: string }> {
  const env = { PATH: process.env.PATH };
  const owner = spawn(process.execPath, [SCRIPT, dataDir], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  return { owner, uri: line.toString().trim() };
}
