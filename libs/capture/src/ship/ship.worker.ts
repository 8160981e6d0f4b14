import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openClient } from '@app/database/driver';
import { isBefore, type Position } from '@app/journal';
import { insertDocuments, type RefusedDocument } from './insert-documents.js';
import { segmentsBefore, type Shipment, shipmentsOf } from './segment-stream.js';
import type { ShipOrder, ShipReport, ShipTask } from './ship.protocol.js';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
// About 1 ms of the database engine at a time, where it keeps up: on a machine with few cores, who waits for an answer waits
// for the engine to pause. Whoever hurries ships more at a time, for half of the work.
const GENTLE_BYTES = 20_000;
const LONGEST_REST_MS = 200;
const REFUSED_FILE = 'refused.ndjson';

const task = workerData as ShipTask;
const client = openClient(task.uri, { serverSelectionTimeoutMS: 2_000, maxPoolSize: 2, retryWrites: true });
const db = client.db();

let shipped: Position = { segment: 0, offset: 0 };
let committed: Position | undefined;
const toAdopt: string[] = [];
let isWorking = false;
let restsPerWork = 0;

// The thread does one thing at a time; orders that come meanwhile are seen when it looks again.
parentPort!.on('message', (order: ShipOrder) => {
  if ('committed' in order) committed = order.committed;
  if ('adopt' in order) toAdopt.push(order.adopt);
  if ('restsPerWork' in order) restsPerWork = order.restsPerWork;
  if (!isWorking) void work();
});

async function work(): Promise<void> {
  isWorking = true;
  for (let seen; seen !== committed || toAdopt.length > 0;) {
    seen = committed;
    if (seen) await shipUpTo(seen);
    const folder = toAdopt.shift();
    if (folder !== undefined) await adopt(folder);
  }
  isWorking = false;
}

async function shipUpTo(end: Position): Promise<void> {
  const segments = (await segmentsBefore(task.folder, end)).filter((segment) => segment >= shipped.segment);
  for (const segment of segments) {
    const from = segment === shipped.segment ? shipped : { segment, offset: 0 };
    const isClosed = segment < end.segment;
    await shipSegment(task.folder, from, isClosed ? undefined : end.offset, report);
    if (isClosed) reach({ segment: segment + 1, offset: 0 });
  }
  if (isBefore(shipped, end)) reach(end);
}

async function adopt(folder: string): Promise<void> {
  for (const segment of await segmentsBefore(folder)) await shipSegment(folder, { segment, offset: 0 });
  tell({ adopted: folder });
}

type OnShipped = (shipment: Shipment, flushMs: number) => void;

// While one shipment is on its way, the next one is read.
async function shipSegment(folder: string, from: Position, until?: number, onShipped?: OnShipped): Promise<void> {
  let underway = Promise.resolve();
  for await (const shipment of shipmentsOf(folder, from, until)) {
    await underway;
    if (shipment.damagedBytes > 0) tell({ damaged: { segment: from.segment, bytes: shipment.damagedBytes } });
    underway = ship(shipment, onShipped);
  }
  await underway;
}

async function ship(shipment: Shipment, onShipped?: OnShipped): Promise<void> {
  const started = performance.now();
  if (shipment.documents.count + shipment.unreadable.length > 0) await insertUntilTaken(shipment);
  const tookMs = performance.now() - started;
  onShipped?.(shipment, tookMs);
  if (restsPerWork > 0) await sleep(Math.min(restsPerWork * tookMs, LONGEST_REST_MS));
}

async function insertUntilTaken({ documents, unreadable, isBehind }: Shipment): Promise<void> {
  const isGentle = !isBehind || restsPerWork > 0;
  const target = { collection: task.collection, ...(isGentle && { mostBytes: GENTLE_BYTES }) };
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      // Not left to the first command: a connection that could not be made then is never tried again.
      await client.connect();
      const refused = documents.count > 0 ? await insertDocuments(db, target, documents) : [];
      return await keepRefused([...unreadable, ...refused]);
    } catch (error) {
      tell({ away: (error as Error).message });
      await sleep(pauseMs);
    }
  }
}

// What the database will never take must not hold up the others, and must not be lost.
async function keepRefused(refused: readonly RefusedDocument[]): Promise<void> {
  if (refused.length === 0) return;
  const file = join(task.folder, REFUSED_FILE);
  // Flushed, as the journal's copy is deleted next.
  const options = { mode: 0o600, flush: true };
  await appendFile(file, refused.map((one) => `${JSON.stringify(one)}\n`).join(''), options);
  tell({ refused: { count: refused.length, file, reason: refused[0]!.reason } });
}

// Nothing but an end lies there.
function reach(end: Position): void {
  report({ rows: 0, end }, 0);
}

function report({ rows, end }: Pick<Shipment, 'rows' | 'end'>, flushMs: number): void {
  shipped = end;
  tell({ shipped: end, rows, flushMs });
}

function tell(message: ShipReport): void {
  parentPort!.postMessage(message);
}
