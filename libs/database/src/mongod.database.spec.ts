import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { builtFile } from '@app/platform';
import { temporaryDir } from '../test/temporary-engine.js';

const BUILT = builtFile(import.meta.url, './mongod.database.js');
const LIBRARY = createRequire(import.meta.url).resolve('mongodb-memory-server-core');
// What is smaller, the library takes for a download that was cut off.
const PROGRAM = Buffer.alloc(2 * 1024 * 1024);

/** What a module prints in a process of its own: the library reads the environment of the process. */
function printed(code: string, environment: Readonly<Record<string, string>> = {}, cwd = '.'): string {
  const env = { PATH: dirname(process.execPath), ...environment };
  return execFileSync(process.execPath, ['--input-type=module', '-e', code], { env, cwd, encoding: 'utf8' }).trim();
}

// The name that the library gives to a mongod of this machine.
const name = printed(`import { DryMongoBinary } from ${JSON.stringify(LIBRARY)};
  console.log(await DryMongoBinary.getBinaryName(await DryMongoBinary.generateOptions()));`);

describe('a mongod that is already here', () => {
  let home: string;

  beforeEach(async () => void (home = await temporaryDir()));
  afterEach(() => rmSync(home, { recursive: true }));

  const found = (environment: Readonly<Record<string, string>> = {}): string =>
    printed(
      `import { findMongod } from ${JSON.stringify(BUILT)}; console.log(await findMongod());`,
      { HOME: home, ...environment },
      home,
    );

  const put = (folder: string, program: string): string => {
    mkdirSync(join(home, folder), { recursive: true });
    const path = join(home, folder, program);
    writeFileSync(path, PROGRAM, { mode: 0o755 });
    writeFileSync(`${path}.md5`, '');
    return path;
  };

  it('is not made up', () => {
    expect(found()).toBe('undefined');
  });

  it('is found on PATH', () => {
    const path = put('bin', 'mongod');
    expect(found({ PATH: dirname(path) })).toBe(path);
  });

  it('is found where MONGOMS_SYSTEM_BINARY says', () => {
    const path = put('elsewhere', 'mongod');
    expect(found({ MONGOMS_SYSTEM_BINARY: path })).toBe(path);
  });

  it("is found in the library's cache, wherever that lies", () => {
    const inHome = put('.cache/mongodb-binaries', name);
    expect(found()).toBe(inHome);
    const chosen = put('downloads', name);
    expect(found({ MONGOMS_DOWNLOAD_DIR: dirname(chosen) })).toBe(chosen);
  });
});
