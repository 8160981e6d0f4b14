import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimes,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

// Without a number: what earlier releases wrote.
const OWNER_FILE = /^owner(?:-(\d+))?\.json$/;
const BEAT_MS = 5_000;
// Of an owner on another machine only its beats can be seen.
const SILENT_MS = 60_000;

interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the system started that process, where it says so: a process id is given again. */
  readonly started: string;
}

/**
 * Keeps a folder for one process: two that wrote the same journal would delete each other's entries. Claims are numbered, the
 * highest one counts, and nobody removes that, whoever has it: so of two that find its owner dead only one can be the next.
 */
export class FolderClaim {
  private readonly beat: NodeJS.Timeout;

  private constructor(
    readonly folder: string,
    private readonly file: string,
  ) {
    this.beat = setInterval(() => touch(file), BEAT_MS).unref();
  }

  /** Claims a folder that nobody has, or whose owner is gone; undefined where it is another's. */
  static take(folder: string): FolderClaim | undefined {
    mkdirSync(folder, { recursive: true });
    const last = lastClaim(folder);
    if (last > NO_CLAIM && !isDead(fileOf(folder, last))) return undefined;
    const file = fileOf(folder, last + 1);
    return signIn(file) && isLast(folder, last + 1) ? new FolderClaim(folder, file) : undefined;
  }

  /** An empty file says that its owner is gone. */
  release(): void {
    clearInterval(this.beat);
    try {
      truncateSync(this.file);
    } catch {
      // The folder is gone, or the disk does not take it: the end of this process says the same.
    }
  }
}

const NO_CLAIM = -1;

function claimsIn(folder: string): number[] {
  const found = readdirSync(folder).map((name) => OWNER_FILE.exec(name));
  return found.filter((match) => match !== null).map(([, number = '0']) => Number(number));
}

function lastClaim(folder: string): number {
  return Math.max(NO_CLAIM, ...claimsIn(folder));
}

function fileOf(folder: string, claim: number): string {
  return join(folder, claim === 0 ? 'owner.json' : `owner-${claim}.json`);
}

// Written aside and then linked: nobody ever sees half an owner, and of two only one can link.
function signIn(file: string): boolean {
  const aside = `${file}.${randomUUID()}`;
  writeFileSync(aside, JSON.stringify(ownOwner()));
  try {
    linkSync(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

// Of one that was held up since it looked, others may have come after: the claim it meant to follow is theirs, and their file is gone.
function isLast(folder: string, claim: number): boolean {
  const last = lastClaim(folder);
  for (const older of claimsIn(folder).filter((number) => number < last))
    rmSync(fileOf(folder, older), { force: true });
  return last === claim;
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
