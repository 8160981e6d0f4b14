import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderClaim } from '@app/journal';

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

  it('leaves a folder to another machine as long as that gives signs of life', () => {
    owned({ host: 'elsewhere', pid: 1, started: '1' });
    expect(FolderClaim.take(folder)).toBeUndefined();
    const longAgo = new Date(Date.now() - 600_000);
    utimesSync(join(folder, 'owner.json'), longAgo, longAgo);
    FolderClaim.take(folder)!.release();
  });
});
