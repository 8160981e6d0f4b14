import { existsSync } from 'node:fs';

const shared = new URL('../../../shared/', import.meta.url);

/** A describe that needs ../shared (real flights, the scores of real Python): skipped with a plain message where that is absent. */
export const describeWithShared: jest.Describe = existsSync(shared) ? describe : skipped();

/** The address of a file in ../shared. */
export function sharedFile(path: string): URL {
  return new URL(path, shared);
}

function skipped(): jest.Describe {
  process.stderr.write('skipped: ../shared (real flights and expected scores) is not here\n');
  return describe.skip;
}
