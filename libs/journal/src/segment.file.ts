import { closeSync, fdatasync, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { SEGMENT_HEADER } from './format.js';

const fdatasyncLater = promisify(fdatasync);

/** The segment that is being written. */
export class SegmentFile {
  private readonly fd: number;
  private written = 0;
  private before = 0;

  constructor(
    path: string,
    readonly number: number,
  ) {
    this.fd = openSync(path, 'w', 0o600);
    try {
      this.append(SEGMENT_HEADER);
      syncFolder(dirname(path));
    } catch (error) {
      this.close();
      rmSync(path, { force: true });
      throw error;
    }
  }

  /** Bytes so far. */
  get size(): number {
    return this.written;
  }

  /** Writes all of `bytes` or nothing: a disk that is full leaves no half record behind. */
  append(bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length;)
        done += writeSync(this.fd, bytes, done, bytes.length - done, this.written + done);
      this.before = this.written;
      this.written += bytes.length;
    } catch (error) {
      ftruncateSync(this.fd, this.written);
      throw error;
    }
  }

  /** Undoes the last `append`. */
  takeBack(): void {
    this.written = this.before;
    try {
      ftruncateSync(this.fd, this.written);
    } catch {
      // A disk that does not even take that: what is written next lies over it.
    }
  }

  /** Resolves when all that is written is on the disk. */
  sync(): Promise<void> {
    return fdatasyncLater(this.fd);
  }

  close(): void {
    closeSync(this.fd);
  }
}

// Else the file itself could be missing after a power loss.
function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
