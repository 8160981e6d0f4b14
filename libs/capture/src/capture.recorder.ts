import { ServingError } from '@app/core';
import { JournalFull } from '@app/journal';
import { Settings } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { CaptureIds, type IdRange } from './capture-ids.js';
import { CapturePolicy } from './capture-policy.js';
import { CaptureEntry } from './capture.entry.js';
import { CaptureJournal } from './capture.journal.js';
import { type CapturedRows, sliceRows } from './captured-rows.js';

const LARGEST_ENTRY_ROWS = 1000;

/** Writes captures to disk before their answers leave. */
@Injectable()
export class CaptureRecorder {
  private readonly ids = new CaptureIds();
  private readonly policy: CapturePolicy;
  private dropped = 0;

  constructor(
    private readonly journal: CaptureJournal,
    private readonly settings: Settings,
  ) {
    const { captureShare: share, captureOmit: omit, captureHash: hash, captureHashKey: hashKey } = settings;
    this.policy = new CapturePolicy({ share, omit, hash, hashKey });
  }

  /** Rows that were answered and could not be kept (CAPTURE=async, CAPTURE_WHEN_FULL=drop). */
  get droppedRows(): number {
    return this.dropped;
  }

  /**
   * Gives the ids of the rows once they are as safe as CAPTURE asks, and undefined where they are not kept (CAPTURE=off,
   * not in the share); throws CAPTURE_UNAVAILABLE where they should be kept and cannot.
   */
  async record(captured: CapturedRows): Promise<IdRange | undefined> {
    if (this.settings.capture === 'off' || !this.policy.isSampled()) return undefined;
    const ids = this.ids.next(captured.rows.count);
    const kept = this.append(this.policy.apply(captured), ids).catch((cause: unknown) => this.lose(captured, cause));
    return this.settings.capture === 'async' || (await kept) ? ids : undefined;
  }

  // In entries of a bounded size, so that neither writing nor shipping one takes long.
  private async append(captured: CapturedRows, ids: IdRange): Promise<boolean> {
    const { count } = captured.rows;
    if (count <= LARGEST_ENTRY_ROWS) return this.appendEntry(captured, ids);
    for (let row = 0; row < count; row += LARGEST_ENTRY_ROWS) {
      await this.appendEntry(sliceRows(captured, row, Math.min(count, row + LARGEST_ENTRY_ROWS)), ids.from(row));
    }
    return true;
  }

  private async appendEntry(captured: CapturedRows, ids: IdRange): Promise<boolean> {
    await this.journal.append(new CaptureEntry(captured, ids), captured.rows.count);
    return true;
  }

  private lose({ rows }: CapturedRows, cause: unknown): false {
    const { capture, captureWhenFull } = this.settings;
    if (capture !== 'async' && captureWhenFull === 'refuse') throw unavailable(cause);
    this.dropped += rows.count;
    return false;
  }
}

function unavailable(cause: unknown): ServingError {
  const why =
    cause instanceof JournalFull
      ? 'the journal is full, as the database has not taken what is in it'
      : 'the disk does not take it';
  const message = `the prediction cannot be kept now, so it is not answered: ${why}; try again`;
  return new ServingError('unavailable', 'CAPTURE_UNAVAILABLE', message, { cause, retryAfterSeconds: 1 });
}
