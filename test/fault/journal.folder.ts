import { appendFileSync, existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

/** The local journal of captures that the one process of a service keeps under its DATA_DIR, seen from outside: damage to its newest segment. */
export class JournalFolder {
  readonly path: string;

  constructor(dataDir: string) {
    this.path = join(dataDir, 'journal', '1');
  }

  /** What a sector of another file would leave there. */
  appendGarbage(): void {
    appendFileSync(this.newestSegment(), Buffer.from('this is no record of ours '.repeat(20)));
  }

  /** Takes the last bytes away, as a write that a power cut has interrupted. */
  cutLastRecord(): void {
    const segment = this.newestSegment();
    truncateSync(segment, endOfContent(readFileSync(segment)) - 5);
  }

  private newestSegment(): string {
    if (!existsSync(this.path)) throw new Error(`there is no journal: ${this.path}`);
    const names = readdirSync(this.path)
      .filter((name) => name.endsWith('.journal'))
      .toSorted();
    const filled = names.map((name) => join(this.path, name)).filter((path) => endOfContent(readFileSync(path)) > 0);
    if (filled.length === 0) throw new Error(`the journal has no segment with content: ${this.path}`);
    return filled.at(-1)!;
  }
}

// A segment may be longer than what was written to it: zeros after its last record.
function endOfContent(bytes: Uint8Array): number {
  return bytes.findLastIndex((byte) => byte !== 0) + 1;
}
