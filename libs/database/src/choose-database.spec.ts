import { chooseDatabase } from './choose-database.js';

const uri = 'mongodb://db.example';
const mongod = '/usr/bin/mongod';
const engine = { usable: true, nativeFile: '/data/engine.node' } as const;
const noEngine = { usable: false, reason: 'no glibc' } as const;

describe('chooseDatabase', () => {
  it('takes the given server before everything else', () => {
    expect(chooseDatabase({ uri, mongod, engine })).toEqual({ kind: 'given', uri });
  });

  it('takes a mongod of this machine before the embedded engine, and an empty MONGODB_URI for none', () => {
    expect(chooseDatabase({ uri: '', mongod, engine })).toEqual({ kind: 'mongod', binary: mongod });
  });

  it('takes the embedded engine before a download', () => {
    expect(chooseDatabase({ engine })).toEqual({ kind: 'embedded', nativeFile: engine.nativeFile });
  });

  it('downloads last, and says why', () => {
    expect(chooseDatabase({ engine: noEngine })).toEqual({ kind: 'download', because: 'no glibc' });
  });
});
