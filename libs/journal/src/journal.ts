import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CommitGroup } from './commit-group.js';
import { type Position, segmentName, segmentNumber } from './format.js';
import { type JournalEntry, RecordBuffer } from './record-buffer.js';
import { SegmentFile } from './segment.file.js';

export interface JournalOptions {
  readonly folder: string;
  /** Whether an entry is safe when it is on the disk (survives a power loss), or when the system has it (survives `kill -9`). */
  readonly isSynced: boolean;
  /** Most bytes of all segments together. */
  readonly maxBytes: number;
  /** A segment that has grown so large is closed, and the next one begun. */
  readonly segmentBytes: number;
}

/** The journal has reached `maxBytes`. */
export class JournalFull extends Error {}

/** Appends entries to segment files (README.md has their format). What is appended in one turn of the event loop is one write. */
export class Journal {
  private readonly closed = new Map<number, number>();
  private closedBytes = 0;
  private current: SegmentFile | undefined;
  private lastSegment: number;
  private readonly waiting = new RecordBuffer();
  private group: CommitGroup | undefined;
  private syncing: Promise<void> | undefined;
  private end: Position;

  constructor(private readonly options: JournalOptions) {
    mkdirSync(options.folder, { recursive: true });
    const found = readdirSync(options.folder)
      .map(segmentNumber)
      .filter((segment) => segment !== undefined);
    for (const segment of found) this.rememberClosed(segment, statSync(this.pathOf(segment)).size);
    // What an earlier process began is never written again: its end may be damaged.
    this.lastSegment = Math.max(0, ...found);
    this.end = { segment: this.lastSegment + 1, offset: 0 };
  }

  /** Where the last committed entry ends: what lies before may be read. */
  get committed(): Position {
    return this.end;
  }

  /** Bytes of all segments. */
  get bytes(): number {
    return this.closedBytes + (this.current?.size ?? 0);
  }

  /** Appends an entry; resolves when it is safe, rejects with JournalFull or the system's error where it is not kept. */
  append(entry: JournalEntry): Promise<void> {
    this.waiting.add(entry);
    this.group ??= this.startGroup();
    return this.group.done;
  }

  /** Deletes the segments that end before a position: their entries are safe elsewhere. */
  async release({ segment }: Position): Promise<void> {
    const old = [...this.closed].filter(([number]) => number < segment);
    await Promise.all(old.map(([number]) => rm(this.pathOf(number), { force: true })));
    for (const [number, bytes] of old) if (this.closed.delete(number)) this.closedBytes -= bytes;
  }

  /** Writes what waits and ends the segment; nothing may be appended afterwards. */
  async close(): Promise<void> {
    await this.group?.done.catch(() => undefined);
    await this.syncing;
    this.closeSegment();
  }

  private startGroup(): CommitGroup {
    // After the other requests of this turn have appended, before the event loop goes on.
    if (this.syncing === undefined) queueMicrotask(() => this.commit());
    return new CommitGroup();
  }

  private commit(): void {
    const group = this.group!;
    this.group = undefined;
    try {
      const segment = this.write();
      if (this.options.isSynced) this.sync(group, segment);
      else this.keep(group, segment);
    } catch (cause) {
      group.reject(cause);
    }
  }

  private write(): SegmentFile {
    const bytes = this.waiting.take();
    this.endFullSegment();
    if (this.bytes + bytes.length > this.options.maxBytes)
      throw new JournalFull(`the journal holds ${this.bytes} bytes`);
    const segment = this.segment();
    segment.append(bytes);
    return segment;
  }

  private keep(group: CommitGroup, { number, size }: SegmentFile): void {
    this.end = { segment: number, offset: size };
    group.resolve();
  }

  // While one group is being synced, the next one gathers.
  private sync(group: CommitGroup, segment: SegmentFile): void {
    this.syncing = segment
      .sync()
      .then(
        () => this.keep(group, segment),
        (cause: unknown) => {
          // Nobody was told that it is kept, so it must not be found.
          segment.takeBack();
          group.reject(cause);
        },
      )
      .then(() => {
        this.syncing = undefined;
        if (this.group) this.commit();
      });
  }

  // Before what comes is weighed: only a segment that has ended can be released, and make room.
  private endFullSegment(): void {
    if (!this.current || this.current.size < this.options.segmentBytes) return;
    this.closeSegment();
    this.end = { segment: this.lastSegment + 1, offset: 0 };
  }

  private segment(): SegmentFile {
    if (!this.current) {
      this.current = new SegmentFile(this.pathOf(this.lastSegment + 1), this.lastSegment + 1);
      this.lastSegment++;
    }
    return this.current;
  }

  private closeSegment(): void {
    if (!this.current) return;
    this.current.close();
    this.rememberClosed(this.current.number, this.current.size);
    this.current = undefined;
  }

  private rememberClosed(segment: number, bytes: number): void {
    this.closed.set(segment, bytes);
    this.closedBytes += bytes;
  }

  private pathOf(segment: number): string {
    return join(this.options.folder, segmentName(segment));
  }
}
