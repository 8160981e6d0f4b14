import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDir } from '../../test/temporary-engine.js';
import { patchElf } from './elf-patch.js';
import { ENGINE_BUILDS } from './engine-builds.js';
import { findEngine, packageFolder, patchedCopy } from './engine.files.js';

const folder = packageFolder(process)!;
const files = ENGINE_BUILDS[`${process.platform}-${process.arch}`]!;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const host = { platform: process.platform, arch: process.arch, glibc: '2.36' };

describe('the patched copy of the engine', () => {
  let dataDir: string;

  beforeEach(async () => void (dataDir = await temporaryDir()));
  afterEach(() => rm(dataDir, { recursive: true }));

  it('has the bytes we know, of files whose bytes we know', () => {
    for (const file of files) {
      const shipped = readFileSync(join(folder, file.name));
      expect([sha256(shipped), sha256(patchElf(shipped))]).toEqual([file.shipped, file.patched]);
    }
  });

  it('is made once and kept', async () => {
    const addon = await patchedCopy(folder, dataDir, files);
    const { mtimeMs } = await stat(addon);
    expect(await patchedCopy(folder, dataDir, files)).toBe(addon);
    expect((await stat(addon)).mtimeMs).toBe(mtimeMs);
    expect(await readdir(dataDir)).toEqual(['engine-0.1.1']);
  });

  it('is made anew when a byte of it has changed', async () => {
    const addon = await patchedCopy(folder, dataDir, files);
    await writeFile(addon, 'something else');
    await patchedCopy(folder, dataDir, files);
    expect(sha256(readFileSync(addon))).toBe(files[0].patched);
  });

  it('is made anew when a byte has changed that neither size nor time of the file tells of', async () => {
    const addon = await patchedCopy(folder, dataDir, files);
    const { atime, mtime } = await stat(addon);
    const bytes = readFileSync(addon);
    await writeFile(addon, bytes.fill(1, 1_000, 1_001));
    await utimes(addon, atime, mtime);
    await patchedCopy(folder, dataDir, files);
    expect(sha256(readFileSync(addon))).toBe(files[0].patched);
  });

  it('is refused, and nothing left behind, when the package has other files', async () => {
    const other = join(dataDir, 'package');
    await mkdir(other);
    for (const file of files) await writeFile(join(other, file.name), 'another version');
    await expect(patchedCopy(other, dataDir, files)).rejects.toThrow(/not the file of 0\.1\.1/);
    expect(await readdir(dataDir)).toEqual(['package']);
  });

  it('is not needed on a newer glibc, and no help on an older one', async () => {
    expect(await findEngine(dataDir, { ...host, glibc: '2.38' })).toEqual({ usable: true });
    expect(await findEngine(dataDir, { ...host, glibc: '2.31' })).toMatchObject({ usable: false });
    expect(await readdir(dataDir)).toEqual([]);
  });
});
