import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtFile } from '@app/platform/start';
import { STOP, type EngineNews, type EngineSettings } from './engine-settings.js';

const CHILD = builtFile(import.meta.url, './engine.child.js');
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** An engine that ran this long was healthy: the next end starts the pauses over. */
const HEALTHY_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

/** What a supervisor needs besides the engine's own settings. */
export interface SupervisorOptions {
  readonly settings: EngineSettings;
  /** Where the engine's own output goes. */
  readonly logFile: string;
  readonly log: (line: string) => void;
}

/** Keeps one engine process running, from a start that worked until it is stopped. */
export class EngineSupervisor {
  private child: ChildProcess | undefined;
  private reviving: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private readonly output: number;

  constructor(private readonly options: SupervisorOptions) {
    this.output = openSync(options.logFile, 'a');
  }

  /** The engine's process; another one after a crash. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Throws where the engine does not start; after that it is brought back whenever it ends. */
  async start(): Promise<void> {
    try {
      await this.launch();
    } catch (error) {
      closeSync(this.output);
      throw error;
    }
  }

  /** Returns once the process is gone: closed cleanly, or killed where that takes too long. */
  async stop(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    if (this.child) await endChild(this.child);
    await this.reviving;
    closeSync(this.output);
  }

  private async launch(): Promise<void> {
    const child = fork(CHILD, [JSON.stringify(this.options.settings)], {
      // Its own process group: Ctrl-C must not reach it before the server has flushed.
      detached: true,
      execArgv: [],
      stdio: ['ignore', this.output, this.output, 'ipc'],
    });
    this.child = child;
    const startedAt = Date.now();
    await readiness(child);
    // It must not keep a server alive that has nothing else to do; it ends with us.
    child.unref();
    child.channel?.unref();
    child.once('exit', (code, signal) => this.onExit(signal ?? `exit code ${code}`, Date.now() - startedAt));
  }

  private onExit(how: string, livedMs: number): void {
    if (this.stopping.signal.aborted) return;
    this.options.log(`the embedded database ended (${how}) after ${Math.round(livedMs / 1000)} s: starting it again`);
    // A start that is under way goes on by itself.
    this.reviving = this.revive(livedMs < HEALTHY_MS ? FIRST_PAUSE_MS : 0);
  }

  private async revive(firstPauseMs: number): Promise<void> {
    const { signal } = this.stopping;
    for (
      let pauseMs = firstPauseMs;
      !signal.aborted;
      pauseMs = Math.min(2 * pauseMs + FIRST_PAUSE_MS, LONGEST_PAUSE_MS)
    ) {
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        return await this.launch();
      } catch (error) {
        if (!signal.aborted) this.options.log(`the embedded database did not start: ${(error as Error).message}`);
      }
    }
  }
}

/** Resolves when the engine answers, throws with its reason when it cannot. */
async function readiness(child: ChildProcess): Promise<void> {
  const news = await new Promise<EngineNews>((resolve) => {
    child.once('message', (message) => resolve(message as EngineNews));
    child.once('error', (error) => resolve({ kind: 'failed', reason: error.message }));
    child.once('exit', (code, signal) => resolve({ kind: 'failed', reason: `it ended with ${signal ?? code}` }));
  });
  if (news.kind === 'failed') throw new Error(news.reason);
}

async function endChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  child.ref();
  const ended = once(child, 'exit');
  // The channel is closed where the process is just ending.
  if (child.connected) child.send(STOP, () => undefined);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
