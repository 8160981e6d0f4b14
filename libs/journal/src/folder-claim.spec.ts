import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { FolderClaim } from '@app/journal';

const BUILT = new URL('../../../dist/libs/journal/src/folder-claim.js', import.meta.url).href;
const FOLDERS = 1_000;
// For each folder it waits until the other one is there, too, and then tries to take it.
const TAKER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { built, folders, arrived } = workerData;
  import(built).then(({ FolderClaim }) => {
    const taken = folders.map((folder, at) => {
      Atomics.add(arrived, at, 1);
      while (Atomics.load(arrived, at) < 2);
      return FolderClaim.take(folder) !== undefined;
    });
    parentPort.postMessage(taken);
  });`;

describe('FolderClaim', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'claim-'));
  });
  const owned = (owner: object): void => writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner));

  it('gives a folder to one only, until it is released', () => {
    const first = FolderClaim.take(folder);
    expect(first).toBeDefined();
    expect(FolderClaim.take(folder)).toBeUndefined();
    first!.release();
    FolderClaim.take(folder)!.release();
  });

  it('takes a folder whose owner has been killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    owned({ host: hostname(), pid: child.pid, started: '' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    FolderClaim.take(folder)!.release();
  });

  it('takes a folder whose owner had the id that another process has now', () => {
    owned({ host: hostname(), pid: process.pid, started: '1' });
    FolderClaim.take(folder)!.release();
  });

  it('takes a folder whose owner died before it had written its name', () => {
    writeFileSync(join(folder, 'owner.json'), '');
    FolderClaim.take(folder)!.release();
  });

  it('gives the folder of a dead owner to one of two that come at the same time', async () => {
    const folders = Array.from({ length: FOLDERS }, (_, at) => join(folder, String(at)));
    for (const each of folders) {
      mkdirSync(each);
      writeFileSync(join(each, 'owner.json'), '');
    }
    const arrived = new Int32Array(new SharedArrayBuffer(4 * FOLDERS));
    const takers = [1, 2].map(() => new Worker(TAKER, { eval: true, workerData: { built: BUILT, folders, arrived } }));
    const [one, other] = (await Promise.all(takers.map((taker) => once(taker, 'message')))) as [boolean[]][];
    expect(one![0].map((isMine, at) => Number(isMine) + Number(other![0][at]))).toEqual(folders.map(() => 1));
  });

  it('leaves one file, however often it was taken', () => {
    for (let time = 0; time < 5; time++) FolderClaim.take(folder)!.release();
    expect(readdirSync(folder)).toEqual(['owner-4.json']);
  });

  it('leaves a folder to another machine as long as that gives signs of life', () => {
    owned({ host: 'elsewhere', pid: 1, started: '1' });
    expect(FolderClaim.take(folder)).toBeUndefined();
    const longAgo = new Date(Date.now() - 600_000);
    utimesSync(join(folder, 'owner.json'), longAgo, longAgo);
    FolderClaim.take(folder)!.release();
  });
});
