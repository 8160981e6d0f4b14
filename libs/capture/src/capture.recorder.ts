import { type Rows, ServingError } from '@app/core';
import { JournalFull } from '@app/journal';
import { Settings } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { MOST_BLOCK_ROWS } from './capture.block.js';
import { CaptureIds, type IdRange } from './capture-ids.js';
import { CapturePolicy } from './capture-policy.js';
import { CaptureEntry } from './capture.entry.js';
import { CaptureJournal } from './capture.journal.js';
import { outputWidth, Sources, type WrittenSource } from './capture.source.js';
import { type CapturedRows, sliceRows } from './captured-rows.js';

// An entry of many rows becomes one document, which may have 16 MB: three bytes a character, fourteen a number.
const MOST_CHARACTERS = 2_500_000;
const MOST_NUMBERS = 400_000;
// The database takes 16 MiB, and the shipping thread has memory for a few times as much.
const MOST_RECORD_BYTES = 15_000_000;
// A character of UTF-8; a number with its type, its end and some of what is told of it beside its name.
const CHARACTER_BYTES = 3;
const NUMBER_BYTES = 11;
// One refusal stands for the requests that would have come meanwhile.
const REFUSING_FOR_MS = 2_000;
const MOST_FILL_FOR_SHADOWS = 0.5;
const NOT_KEPT = Promise.resolve(undefined);

/** Writes captures to disk before their answers leave. */
@Injectable()
export class CaptureRecorder {
  private readonly ids = new CaptureIds();
  private readonly sources = new Sources();
  private readonly policy: CapturePolicy;
  private dropped = 0;
  private lastRefusedMs = -Infinity;

  constructor(
    private readonly journal: CaptureJournal,
    private readonly settings: Settings,
  ) {
    const { captureShare: share, captureOmit: omit, captureHash: hash, captureHashKey: hashKey } = settings;
    this.policy = new CapturePolicy({ share, omit, hash, hashKey });
  }

  /** Whether what comes now is refused, as the last that came was. */
  get isRefusing(): boolean {
    return this.lastRefusedMs + REFUSING_FOR_MS > Date.now();
  }

  /** Rows that were answered and could not be kept (CAPTURE=async, CAPTURE_WHEN_FULL=drop). */
  get droppedRows(): number {
    return this.dropped;
  }

  /**
   * Gives the ids of the rows once they are as safe as CAPTURE asks, and undefined where they are not kept (CAPTURE=off,
   * not in the share); throws CAPTURE_UNAVAILABLE where they should be kept and cannot now, CAPTURE_TOO_LARGE where they never can.
   */
  record(captured: CapturedRows): Promise<IdRange | undefined> {
    if (this.settings.capture === 'off' || !this.policy.isSampled()) return NOT_KEPT;
    const ids = this.ids.next(captured.rows.count);
    const kept = this.append(this.policy.apply(captured), ids).then(
      () => ids,
      (cause: unknown) => this.lose(captured, cause),
    );
    return this.settings.capture === 'async' ? Promise.resolve(ids) : kept;
  }

  /**
   * Keeps what a shadow scored, where there is room to spare: the journal must not be full of shadows when the database
   * comes back late. Says whether it is kept and never throws.
   */
  recordShadow(captured: CapturedRows): Promise<boolean> {
    if (this.journal.fill > MOST_FILL_FOR_SHADOWS) return Promise.resolve(false);
    const ids = this.ids.next(captured.rows.count);
    return this.append(this.policy.apply(captured), ids).then(
      () => true,
      () => false,
    );
  }

  // In entries of a bounded size, so that neither writing nor shipping one takes long.
  private append(captured: CapturedRows, ids: IdRange): Promise<unknown> {
    const { count } = captured.rows;
    if (count === 0) return NOT_KEPT;
    const source = this.sources.of(captured);
    const most = rowsOfAnEntry(captured.rows, source);
    if (most === 1 && largestRecord(captured.rows, source) > MOST_RECORD_BYTES) return Promise.reject(tooLarge());
    if (count <= most) return this.journal.append(new CaptureEntry(captured, ids, source), count);
    const starts = Array.from({ length: Math.ceil(count / most) }, (_, i) => i * most);
    return Promise.all(
      starts.map((row) => this.append(sliceRows(captured, row, Math.min(count, row + most)), ids.from(row))),
    );
  }

  private lose({ rows }: CapturedRows, cause: unknown): undefined {
    const { capture, captureWhenFull } = this.settings;
    if (capture !== 'async' && captureWhenFull === 'refuse') {
      if (cause instanceof ServingError) throw cause;
      this.lastRefusedMs = Date.now();
      throw unavailable(cause);
    }
    this.dropped += rows.count;
    return undefined;
  }
}

// Texts may be long: an entry that the shipping thread had no memory for would stop all that come behind it.
function rowsOfAnEntry(rows: Rows, source: WrittenSource): number {
  const most = Math.min(MOST_BLOCK_ROWS, Math.floor(MOST_NUMBERS / numbersOfARow(rows, source)), rowsOfTexts(rows));
  return Math.max(1, most);
}

function rowsOfTexts(rows: Rows): number {
  return charactersIn(rows.texts) <= MOST_CHARACTERS ? rows.count : Math.floor(MOST_CHARACTERS / longestTexts(rows));
}

/** Bytes that the record of a row may have at most. */
function largestRecord(rows: Rows, source: WrittenSource): number {
  const texts = CHARACTER_BYTES * longestTexts(rows);
  return source.head.length + NUMBER_BYTES * numbersOfARow(rows, source) + texts;
}

function numbersOfARow({ width }: Rows, { outputs }: WrittenSource): number {
  return width + (outputs ? outputWidth(outputs) : 0);
}

function longestTexts({ count, width, texts }: Rows): number {
  let longest = 1;
  for (let row = 0; row < count; row++)
    longest = Math.max(longest, charactersIn(texts.slice(row * width, (row + 1) * width)));
  return longest;
}

function charactersIn(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + length, 0);
}

function tooLarge(): ServingError {
  const message = `the record of a row would have more than ${MOST_RECORD_BYTES} bytes, which the history cannot hold`;
  return new ServingError('invalid-input', 'CAPTURE_TOO_LARGE', message);
}

function unavailable(cause: unknown): ServingError {
  const why =
    cause instanceof JournalFull
      ? 'the journal is full, as the database has not taken what is in it'
      : 'the disk does not take it';
  const message = `the prediction cannot be kept now, so it is not answered: ${why}; try again`;
  return new ServingError('unavailable', 'CAPTURE_UNAVAILABLE', message, { cause, retryAfterSeconds: 1 });
}
