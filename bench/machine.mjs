// Where and with what it was measured.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { LOAD_MAKER } from './load.mjs';

/** Label and value of what a reader needs to judge the numbers. */
export function machine() {
  const { model, speed } = cpus()[0];
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: `${availableParallelism()} cores, ${model.trim()}${speed ? `, ${speed} MHz` : ''}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${type()} ${release()}`,
    'load on the machine at the start': `${loadavg()[0].toFixed(1)} (1 minute; the services, the database and the load maker share its cores)`,
    'load maker': LOAD_MAKER,
    'onnxruntime-node': versionOf('onnxruntime-node'),
    'NestJS, Mongoose': `${versionOf('@nestjs/core')}, ${versionOf('mongoose')}`,
  };
}

/** The version of a Node binary. */
export function nodeVersion(node) {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
}

function versionOf(name) {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../node_modules', name, 'package.json'), 'utf8')).version;
}
