import { childrenOf } from '../setup/child-processes.js';

/** The process of the database that a process has started. */
export function databaseProcessOf(parent: number): number {
  const [found] = childrenOf(parent, /engine\.child|mongod/);
  if (found === undefined) throw new Error(`process ${parent} runs no database`);
  return found;
}
