import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseAddress } from '@app/database';
import { FolderClaim, Journal, type Position, segmentsIn } from '@app/journal';
import { Settings, Workers } from '@app/platform';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Adoption } from './adoption.js';
import { Backlog } from './backlog.js';
import type { CaptureEntry } from './capture.entry.js';
import { CAPTURE_COLLECTION } from './data-capture.schema.js';
import { Pace } from './pace.js';
import { isWithin } from './within.js';
import { CaptureShipper, type ShipEvents } from './ship/capture.shipper.js';

const MOST_SLOTS = 1024;
const SEGMENTS = 16;
const LARGEST_SEGMENT = 16 * 1024 * 1024;
// Many rows at once are several times cheaper than few, for the thread and for the database. Whoever reads asks for them first.
const LOOK_EVERY_MS = 20;
const SHIP_ROWS = 1_000;
const SHIP_AFTER_MS = 200;
const PACE_EVERY_MS = 200;
const ADOPT_EVERY_MS = 15_000;
const SAY_AWAY_EVERY_MS = 10_000;

/** How the captures are on their way from the journal to the database. */
export interface CaptureStatus {
  /** Rows in the journal that the database has not. */
  readonly waitingRows: number;
  readonly oldestMs: number;
  readonly journalBytes: number;
  /** How long the last insert took. */
  readonly flushMs: number;
  readonly shippedRows: number;
}

/** The journal of this process, and what carries it to the database. */
@Injectable()
export class CaptureJournal implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(CaptureJournal.name);
  private readonly backlog = new Backlog();
  private readonly adopted = new Map<string, Adoption>();
  private readonly folder: string;
  private claim: FolderClaim;
  private journal: Journal;
  private shipper: CaptureShipper;
  private timers: NodeJS.Timeout[] = [];
  private newRows = 0;
  private shippedMs = 0;
  private flushMs = 0;
  private shippedRows = 0;
  private saidAwayMs = -Infinity;

  constructor(
    private readonly settings: Settings,
    private readonly database: DatabaseAddress,
    private readonly workers: Workers,
  ) {
    this.folder = join(settings.dataDir, 'journal');
  }

  onModuleInit(): void {
    this.claim = claimSlot(this.folder);
    this.journal = this.open(this.claim.folder);
    const task = { uri: this.database.uri, collection: CAPTURE_COLLECTION, folder: this.claim.folder };
    this.shipper = new CaptureShipper(task, this.events());
    // What an earlier process left in the same folder.
    this.shipper.ship(this.journal.committed);
    const pace = new Pace();
    this.timers = [
      setInterval(() => this.shipDue(), LOOK_EVERY_MS).unref(),
      setInterval(() => this.setPace(pace), PACE_EVERY_MS).unref(),
      setInterval(() => this.tryLater(this.adoptAbandoned()), ADOPT_EVERY_MS).unref(),
    ];
    this.tryLater(this.adoptAbandoned());
    // Not before there is a journal: a worker that is starting has nothing to bring.
    this.workers.answer('settle', () => this.settle());
  }

  /** Appends rows; resolves when they are as safe as CAPTURE asks, rejects where they are not kept. */
  append(entry: CaptureEntry, rows: number): Promise<void> {
    // Counted when they are in it: what it refuses does not wait for the database.
    return this.journal.append(entry).then(() => void (this.newRows += rows));
  }

  /** Resolves once the database has everything that is committed now. */
  shipAll(): Promise<void> {
    this.shipNew();
    return this.shipper.reach(this.journal.committed);
  }

  /** Resolves once the database has all that, and what processes that are gone have left. */
  async settle(): Promise<void> {
    await this.adoptAbandoned();
    await Promise.all([this.shipAll(), ...[...this.adopted.values()].map(({ done }) => done)]);
  }

  /** How full the journal is: 1 where it takes no more. */
  get fill(): number {
    return this.journal.bytes / this.settings.journalMaxBytes;
  }

  status(): CaptureStatus {
    this.shipNew();
    const { backlog, flushMs, shippedRows } = this;
    const waiting = { waitingRows: backlog.rows, oldestMs: backlog.ageMs, journalBytes: this.journal.bytes };
    return { ...waiting, flushMs, shippedRows };
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.journal.close();
    // What does not get there in time is shipped by the next start.
    if (await isWithin(this.settings.shutdownTimeoutMs / 2, this.shipAll()))
      await this.journal.release({ segment: Infinity, offset: 0 });
    await this.shipper.stop();
    for (const { claim } of [...this.adopted.values(), { claim: this.claim }]) claim.release();
  }

  private shipDue(): void {
    if (this.newRows >= SHIP_ROWS || Date.now() - this.shippedMs >= SHIP_AFTER_MS) this.shipNew();
  }

  private setPace(pace: Pace): void {
    const { fill, backlog, shipper } = this;
    shipper.rest(pace.restsPerWork({ oldestMs: backlog.ageMs, fill, isAwaited: shipper.isAwaited }));
  }

  private shipNew(): void {
    const { committed } = this.journal;
    this.shippedMs = Date.now();
    if (this.newRows > 0) this.backlog.add(this.newRows, committed);
    this.newRows = 0;
    this.shipper.ship(committed);
  }

  private open(folder: string): Journal {
    const { capture, journalMaxBytes: maxBytes } = this.settings;
    const segmentBytes = Math.min(LARGEST_SEGMENT, Math.ceil(maxBytes / SEGMENTS));
    return new Journal({ folder, isSynced: capture === 'fsync', maxBytes, segmentBytes });
  }

  private events(): ShipEvents {
    return {
      onShipped: (position, rows, flushMs) => this.onShipped(position, rows, flushMs),
      onAdopted: (folder) => this.tryLater(this.onAdopted(folder)),
      onDamaged: (segment, bytes) =>
        this.logger.warn(
          `journal segment ${segment}: ${bytes} bytes hold no whole record and are left out (a crash while writing, or a damaged disk)`,
        ),
      onAway: (reason) => this.onAway(reason),
      onRefused: (count, file, reason) =>
        this.logger.error(
          `${count} documents or entries of the journal cannot be kept in the database (${reason}); they are in ${file}`,
        ),
      onCrashed: (cause) =>
        this.logger.error({ err: cause }, 'the thread that ships captures ended; it is started again'),
    };
  }

  private onShipped(position: Position, rows: number, flushMs: number): void {
    this.backlog.remove(position);
    this.shippedRows += rows;
    if (rows > 0) this.flushMs = flushMs;
    this.tryLater(this.journal.release(position));
  }

  // A disk that is full, or too many open files: what is to be done on the side must not end the service.
  private tryLater(work: Promise<void>): void {
    work.catch((cause: unknown) => this.logger.warn({ err: cause }, 'a journal folder cannot be tidied up now'));
  }

  private onAway(reason: string): void {
    if (Date.now() - this.saidAwayMs < SAY_AWAY_EVERY_MS) return;
    this.saidAwayMs = Date.now();
    this.logger.warn(`the database does not take captures now, they wait in the journal: ${reason}`);
  }

  // Of processes that were killed, or of more processes than there are now.
  private async adoptAbandoned(): Promise<void> {
    for (const slot of slotsIn(this.folder)) {
      const folder = join(this.folder, slot);
      if (folder === this.claim.folder || this.adopted.has(folder) || (await segmentsIn(folder)).length === 0) continue;
      const claim = FolderClaim.take(folder);
      if (!claim) continue;
      this.adopted.set(folder, new Adoption(claim));
      this.shipper.adopt(folder);
    }
  }

  private async onAdopted(folder: string): Promise<void> {
    try {
      await this.open(folder).release({ segment: Infinity, offset: 0 });
    } finally {
      // Also where it could not be tidied up: the next look adopts it again, and what is shipped twice is there once.
      this.adopted.get(folder)?.end();
      this.adopted.delete(folder);
    }
    this.logger.log(`captures that an earlier process had left in ${folder} are in the database`);
  }
}

// Each process has a folder of its own: two may run on one DATA_DIR.
function claimSlot(folder: string): FolderClaim {
  mkdirSync(folder, { recursive: true });
  for (let slot = 1; slot <= MOST_SLOTS; slot++) {
    const claim = FolderClaim.take(join(folder, String(slot)));
    if (claim) return claim;
  }
  throw new Error(`all ${MOST_SLOTS} journals in ${folder} belong to processes that run`);
}

function slotsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^\d+$/.test(name));
}
