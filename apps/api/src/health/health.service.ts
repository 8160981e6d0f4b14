import { CaptureJournal, CaptureRecorder } from '@app/capture';
import { ServingError } from '@app/core';
import { ModelProvider } from '@app/registry';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DatabaseHealth } from '@app/database';
import type { CaptureDto, ReadinessDto } from './health.dto.js';

/** Whether the service can do its work now. */
@Injectable()
export class HealthService implements OnModuleDestroy {
  private isStopping = false;

  constructor(
    private readonly database: DatabaseHealth,
    private readonly provider: ModelProvider,
    private readonly journal: CaptureJournal,
    private readonly recorder: CaptureRecorder,
  ) {}

  // The first hook of a stop: whoever sends requests here shall know before the doors close.
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** What is ready; throws NOT_READY with what is not. */
  async readiness(): Promise<ReadinessDto> {
    const { live, failed } = this.provider.status();
    const database = (await this.database.isUp()) ? 'ok' : 'away';
    const missing = [
      this.isStopping ? 'the service is stopping' : '',
      this.recorder.isRefusing ? 'the journal of captures is full, as the database does not take what is in it' : '',
      ...Object.entries(failed).map(([name, reason]) => `model ${name} is not served as it should be: ${reason}`),
    ];
    const reasons = missing.filter((reason) => reason !== '');
    if (reasons.length > 0)
      throw new ServingError('unavailable', 'NOT_READY', reasons.join('; '), { retryAfterSeconds: 1 });
    return { status: 'ok', database, models: live, capture: this.capture() };
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
