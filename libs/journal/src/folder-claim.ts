import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimes, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

const OWNER_FILE = 'owner.json';
const BEAT_MS = 5_000;
// Of an owner on another machine only its beats can be seen.
const SILENT_MS = 60_000;

interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the system started that process, where it says so: a process id is given again. */
  readonly started: string;
}

/** Keeps a folder for one process: two that wrote the same journal would delete each other's entries. */
export class FolderClaim {
  private readonly beat: NodeJS.Timeout;

  private constructor(readonly folder: string) {
    this.beat = setInterval(() => touch(join(folder, OWNER_FILE)), BEAT_MS).unref();
  }

  /** Claims a folder that nobody has, or whose owner is gone; undefined where it is another's. */
  static take(folder: string): FolderClaim | undefined {
    mkdirSync(folder, { recursive: true });
    dropDeadOwner(folder);
    return signIn(folder) ? new FolderClaim(folder) : undefined;
  }

  release(): void {
    clearInterval(this.beat);
    rmSync(join(this.folder, OWNER_FILE), { force: true });
  }
}

// Written aside and then linked: nobody ever sees half an owner, and of two only one can link.
function signIn(folder: string): boolean {
  const aside = join(folder, `${OWNER_FILE}.${randomUUID()}`);
  writeFileSync(aside, JSON.stringify(ownOwner()));
  try {
    linkSync(aside, join(folder, OWNER_FILE));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

// Of two that find the same dead owner, only one can move its file away.
function dropDeadOwner(folder: string): void {
  const file = join(folder, OWNER_FILE);
  if (!isDead(file)) return;
  const moved = `${file}.${randomUUID()}`;
  try {
    renameSync(file, moved);
    rmSync(moved);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function isDead(file: string): boolean {
  const owner = readOwner(file);
  if (owner === undefined) return false;
  if (owner.host !== hostname()) return Date.now() - statSync(file).mtimeMs > SILENT_MS;
  return startOf(owner.pid) !== owner.started;
}

/** The owner in a file; undefined where there is none. A file that a crash left empty has an owner that is gone. */
function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch (error) {
    return error instanceof SyntaxError ? { host: hostname(), pid: 0, started: '' } : undefined;
  }
}

function ownOwner(): Owner {
  return { host: hostname(), pid: process.pid, started: startOf(process.pid) ?? '' };
}

/** When a process started, in the system's own words; empty where the system does not say; undefined where there is none. */
function startOf(pid: number): string | undefined {
  if (pid <= 0 || !isAlive(pid)) return undefined;
  try {
    // The 20th field behind the name, which is in brackets and may hold anything (proc(5)).
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]!;
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function touch(file: string): void {
  const now = new Date();
  utimes(file, now, now, () => undefined);
}
