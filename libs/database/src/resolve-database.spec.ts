import { rm } from 'node:fs/promises';
import { temporaryDir } from '../test/temporary-engine.js';
import { resolveDatabase } from './resolve-database.js';

describe('resolveDatabase', () => {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);

  beforeEach(() => void lines.splice(0));

  it('takes a given server as it is, starts nothing, and keeps its password out of the log', async () => {
    const database = await resolveDatabase({ uri: 'mongodb://me:s3cret@h/d', dataDir: '/nowhere', log });
    expect(database.uri).toBe('mongodb://me:s3cret@h/d');
    expect(lines).toEqual(['database: MONGODB_URI, mongodb://me:***@h/d']);
    await database.stop();
  });

  it('refuses a MONGODB_URI that is none in place of falling back', async () => {
    await expect(resolveDatabase({ uri: 'localhost:27017', dataDir: '/nowhere', log })).rejects.toThrow(/MONGODB_URI/);
  });

  it('starts a database of its own and says in one line which and where', async () => {
    const dataDir = await temporaryDir();
    const database = await resolveDatabase({ dataDir, log });
    await database.stop();
    expect(lines).toEqual([expect.stringMatching(`^database: .*data in ${dataDir}/(db|mongod)$`)]);
    await rm(dataDir, { recursive: true });
  });
});
