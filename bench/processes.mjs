// CPU and memory of a process and all that it started, from /proc.
import { readdirSync, readFileSync } from 'node:fs';

// Linux tells CPU times to programs in hundredths of a second.
const MS_PER_TICK = 10;
const ENGINE = /engine\.child|mongod/;

/** CPU (ms since their start) and resident memory (MB) of the server, of its database engine, and of the whole tree. */
export function usage(pid) {
  const tree = treeOf(pid, processes());
  const engine = tree.filter(({ pid: child, command }) => child !== pid && ENGINE.test(command));
  return {
    server: sum(tree.filter((process) => !engine.includes(process))),
    engine: sum(engine),
    tree: sum(tree),
  };
}

/** CPU that was used between two usages, in ms. */
export function cpuBetween(before, after) {
  const spent = (part) => after[part].cpuMs - before[part].cpuMs;
  return { serverMs: spent('server'), engineMs: spent('engine') };
}

function processes() {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).map(read).filter(Boolean);
}

function treeOf(pid, all) {
  const children = all.filter(({ parent }) => parent === pid);
  return [...all.filter((process) => process.pid === pid), ...children.flatMap((child) => treeOf(child.pid, all))];
}

function read(pid) {
  try {
    // The name in parentheses may hold spaces; the fields after it do not: state, parent, …, utime and stime.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return {
      pid,
      parent: Number(fields[1]),
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
      cpuMs: (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK,
      residentMb: residentMb(pid),
    };
  } catch {
    // It ended while we looked.
    return undefined;
  }
}

function residentMb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

function sum(list) {
  const total = (field) => list.reduce((so, process) => so + process[field], 0);
  return { cpuMs: total('cpuMs'), residentMb: total('residentMb') };
}
