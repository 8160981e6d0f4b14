import { Metrics } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { CaptureJournal } from './capture.journal.js';
import { CaptureRecorder } from './capture.recorder.js';

/** Shows in the metrics how captures are on their way to the database. */
@Injectable()
export class CaptureMetrics {
  constructor(metrics: Metrics, journal: CaptureJournal, recorder: CaptureRecorder) {
    const gauge = (name: string, help: string, read: () => number, ofWorkers: 'sum' | 'max' = 'sum') =>
      metrics.gauge(`scorekeeper_capture_${name}`, help, read, ofWorkers);
    const total = (name: string, help: string, read: () => number) =>
      metrics.total(`scorekeeper_capture_${name}`, help, read);
    gauge('waiting_rows', 'Rows in the journal that the database has not', () => journal.status().waitingRows);
    gauge('oldest_seconds', 'How long the oldest of them has waited', () => journal.status().oldestMs / 1000, 'max');
    gauge('journal_bytes', 'Bytes of the journal', () => journal.status().journalBytes);
    gauge('flush_seconds', 'Time of the last insert into the database', () => journal.status().flushMs / 1000, 'max');
    total('shipped_rows', 'Rows that have reached the database', () => journal.status().shippedRows);
    total('dropped_rows', 'Rows that were answered and could not be kept', () => recorder.droppedRows);
  }
}
