import { readdirSync, readFileSync } from 'node:fs';

/** The processes that a process has started itself and that still run, by what stands on their command line. */
export function childrenOf(parent: number, wanted: RegExp): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => parentOf(pid) === parent && wanted.test(read(pid, 'cmdline')));
}

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  return /^State:\s+[^ZX]/m.test(read(pid, 'status'));
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1]);
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It has ended.
    return '';
  }
}
