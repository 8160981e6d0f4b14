import { readdirSync, readFileSync } from 'node:fs';

const DATABASE = /engine\.child|mongod/;

/** The process of the database that a process has started. */
export function databaseProcessOf(parent: number): number {
  const found = pids().find((pid) => parentOf(pid) === parent && DATABASE.test(read(pid, 'cmdline')));
  if (found === undefined) throw new Error(`process ${parent} runs no database`);
  return found;
}

function pids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
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
