import type { Document } from 'bson';
import type { RunCommand } from './engine-command.js';

const ALL = { batchSize: 100_000 };

interface TtlIndex {
  readonly key: Readonly<Record<string, unknown>>;
  readonly expireAfterSeconds: number;
  readonly partialFilterExpression?: Document;
}

/** Deletes what TTL indexes say has expired; the embedded engine has no such monitor of its own. */
export class TtlSweeper {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    private readonly run: RunCommand,
    private readonly everyMs: number,
  ) {}

  start(): void {
    this.timer = setTimeout(() => void this.sweepAndGoOn(), this.everyMs);
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Goes once through every collection. */
  async sweep(now = Date.now()): Promise<void> {
    const { databases } = await this.run('admin', { listDatabases: 1, nameOnly: true });
    for (const { name } of databases as { name: string }[]) await this.sweepDatabase(name, now);
  }

  private async sweepAndGoOn(): Promise<void> {
    await this.sweep().catch((error: unknown) => console.error('TTL sweep:', error));
    if (!this.isStopped) this.start();
  }

  private async sweepDatabase(database: string, now: number): Promise<void> {
    const command = { listCollections: 1, nameOnly: true, filter: { type: 'collection' }, cursor: ALL };
    for (const { name } of firstBatch(await this.run(database, command))) {
      // A collection may be dropped while we go.
      await this.sweepCollection(database, name as string, now).catch(() => undefined);
    }
  }

  private async sweepCollection(database: string, collection: string, now: number): Promise<void> {
    const indexes = firstBatch(await this.run(database, { listIndexes: collection, cursor: ALL }));
    for (const index of indexes.filter(isTtl)) {
      await this.run(database, { delete: collection, deletes: [{ q: expiredBy(index, now), limit: 0 }] });
    }
  }
}

/** What a TTL index says has expired. */
export function expiredBy({ key, expireAfterSeconds, partialFilterExpression }: TtlIndex, now: number): Document {
  const field = Object.keys(key)[0]!;
  const expired = { [field]: { $lte: new Date(now - 1000 * expireAfterSeconds), $type: 'date' } };
  return partialFilterExpression ? { $and: [expired, partialFilterExpression] } : expired;
}

function isTtl(index: Document): index is TtlIndex {
  return typeof index.expireAfterSeconds === 'number';
}

function firstBatch(answer: Document): Document[] {
  return (answer.cursor as { firstBatch: Document[] }).firstBatch;
}
