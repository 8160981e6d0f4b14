import { CaptureJournal, CaptureRecorder } from '@app/capture';
import { ServingError } from '@app/core';
import { DatabaseHealth } from '@app/database';
import { Workers } from '@app/platform';
import { ModelProvider } from '@app/registry';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { CaptureDto, ReadinessDto } from './health.dto.js';
import { together, type WorkerHealth } from './worker-health.js';

const PATIENCE_MS = 1_000;

/** Whether the service, all of its workers, can do its work now. */
@Injectable()
export class HealthService implements OnModuleDestroy {
  private isStopping = false;

  constructor(
    private readonly database: DatabaseHealth,
    private readonly provider: ModelProvider,
    private readonly journal: CaptureJournal,
    private readonly recorder: CaptureRecorder,
    private readonly workers: Workers,
  ) {
    workers.answer('health', () => this.ofThisWorker());
  }

  // The first hook of a stop: whoever sends requests here shall know before the doors close.
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** What is ready; throws NOT_READY with what is not. */
  async readiness(): Promise<ReadinessDto> {
    if (this.isStopping) throw notReady('the service is stopping');
    const [isUp, { reasons, capture }] = await Promise.all([this.database.isUp(), this.ofAllWorkers()]);
    if (reasons.length > 0) throw notReady(reasons.join('; '));
    return { status: 'ok', database: isUp ? 'ok' : 'away', models: this.provider.status().live, capture };
  }

  private async ofAllWorkers(): Promise<WorkerHealth> {
    const asking = { of: 'serving', withinMs: PATIENCE_MS } as const;
    const asked = this.workers.ask<WorkerHealth>('health', asking);
    return together(await asked.catch((error: Error) => Promise.reject(notReady(error.message))));
  }

  private ofThisWorker(): WorkerHealth {
    const { failed } = this.provider.status();
    const reasons = [
      ...(this.recorder.isRefusing
        ? ['the journal of captures is full, as the database does not take what is in it']
        : []),
      ...Object.entries(failed).map(([name, reason]) => `model ${name} is not served as it should be: ${reason}`),
    ];
    return { reasons, capture: this.capture() };
  }

  private capture(): CaptureDto {
    const { waitingRows, oldestMs, journalBytes, flushMs } = this.journal.status();
    return {
      waiting_rows: waitingRows,
      oldest_ms: oldestMs,
      journal_bytes: journalBytes,
      flush_ms: flushMs,
      dropped_rows: this.recorder.droppedRows,
    };
  }
}

function notReady(reason: string): ServingError {
  return new ServingError('unavailable', 'NOT_READY', reason, { retryAfterSeconds: 1 });
}
