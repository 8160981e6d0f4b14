import { unixSocketUri, withDatabaseName, withoutPassword } from './database-uri.js';

describe('the URI of a database', () => {
  it('has a unix socket percent-encoded, and asks for journaled writes', () => {
    expect(unixSocketUri('/a b/mongo.sock')).toBe(
      'mongodb://%2Fa%20b%2Fmongo.sock/scorekeeper?directConnection=true&journal=true&w=1',
    );
  });

  it.each([
    ['mongodb://h', 'mongodb://h/scorekeeper'],
    ['mongodb://h:1,i:2/?replicaSet=r', 'mongodb://h:1,i:2/scorekeeper?replicaSet=r'],
    ['mongodb://h/mine?w=1', 'mongodb://h/mine?w=1'],
    ['mongodb+srv://u:p@h/', 'mongodb+srv://u:p@h/scorekeeper?authSource=admin'],
    ['mongodb://u:p@h/?authSource=x', 'mongodb://u:p@h/scorekeeper?authSource=x'],
    ['mongodb://u@h/?authMechanism=MONGODB-X509', 'mongodb://u@h/scorekeeper?authMechanism=MONGODB-X509'],
  ])('%s becomes %s: a database of ours where none is named, the login where it was', (given, named) => {
    expect(withDatabaseName(given)).toBe(named);
  });

  it('goes into a log without its password', () => {
    expect(withoutPassword('mongodb://scores:s3cret@h:1/x')).toBe('mongodb://scores:***@h:1/x');
    expect(withoutPassword('mongodb://h:1/x')).toBe('mongodb://h:1/x');
  });
});
