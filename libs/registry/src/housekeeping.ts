import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ArtifactCleaner } from './artifact.cleaner.js';
import { VersionRemoval } from './version.removal.js';

const EVERY_MS = 3_600_000;

/** Takes away what a crash has left behind: at the start, and now and then. */
@Injectable()
export class Housekeeping implements OnApplicationShutdown {
  private readonly logger = new Logger(Housekeeping.name);
  private readonly stopped = new AbortController();
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly removal: VersionRemoval,
    private readonly cleaner: ArtifactCleaner,
  ) {}

  /** Begins; nobody waits for it. */
  start(): void {
    void this.goOn();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.working;
  }

  private async goOn(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await (this.working = this.clean());
      await sleep(EVERY_MS, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  private async clean(): Promise<void> {
    try {
      await this.removal.finish();
      const removed = await this.cleaner.removeOrphans();
      if (removed > 0) this.logger.log(`${removed} files of interrupted loads were removed`);
    } catch (error) {
      this.logger.warn({ err: error }, 'what interrupted loads and deletions have left behind is still there');
    }
  }
}
