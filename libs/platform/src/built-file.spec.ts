import { builtFile } from './built-file.js';

describe('builtFile', () => {
  it('finds a file beside the caller when the caller is built', () => {
    expect(builtFile('file:///srv/dist/libs/database/src/engine.js', './engine.child.js')).toBe(
      '/srv/dist/libs/database/src/engine.child.js',
    );
  });

  it('finds the built file when the caller is TypeScript source', () => {
    expect(builtFile('file:///srv/libs/database/src/engine.ts', './engine.child.js')).toBe(
      '/srv/dist/libs/database/src/engine.child.js',
    );
  });
});
