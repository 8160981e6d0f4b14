import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection, Types } from 'mongoose';
import { VersionStore } from './version.store.js';

// A load stores its files within seconds of its version: whatever is this old has no load left that could still need it.
const ORPHAN_AFTER_MS = 10 * 60_000;

/** Removes files that no version needs any more, or never came to need. */
@Injectable()
export class ArtifactCleaner {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly versions: VersionStore,
  ) {}

  async remove(ids: readonly Types.ObjectId[]): Promise<void> {
    // The entry first: a crash in between leaves chunks without one, which are found by their own ids.
    await this.files().deleteMany({ _id: { $in: [...ids] } });
    await this.chunks().deleteMany({ files_id: { $in: [...ids] } });
  }

  /** Removes what loads have left behind that ended between their files and their version; gives how many files that were. */
  async removeOrphans(now = Date.now()): Promise<number> {
    const stored = await this.storedIds();
    const old = stored.filter((id) => now - id.getTimestamp().getTime() > ORPHAN_AFTER_MS);
    if (old.length === 0) return 0;
    // Read after the files: a version that is saved in between is seen.
    const needed = await this.versions.fileIds();
    const orphans = old.filter((id) => !needed.has(id.toHexString()));
    await this.remove(orphans);
    return orphans.length;
  }

  private async storedIds(): Promise<Types.ObjectId[]> {
    const [files, chunks] = await Promise.all([this.files().distinct('_id'), this.chunks().distinct('files_id')]);
    const byText = new Map([...files, ...chunks].map((id) => [String(id), id as Types.ObjectId]));
    return [...byText.values()];
  }

  private files() {
    return this.connection.collection('artifacts.files');
  }

  private chunks() {
    return this.connection.collection('artifacts.chunks');
  }
}
