import { engineSupport } from './engine-support.js';

describe('engineSupport', () => {
  it.each([
    ['linux', 'x64', '2.38', 'as-shipped'],
    ['linux', 'arm64', '2.41', 'as-shipped'],
    ['linux', 'x64', '2.37', 'patched'],
    ['linux', 'arm64', '2.36', 'patched'],
    ['linux', 'x64', '2.35', 'unsupported'],
    ['linux', 'x64', undefined, 'unsupported'],
    ['darwin', 'arm64', undefined, 'as-shipped'],
    ['darwin', 'x64', undefined, 'unsupported'],
    ['win32', 'x64', undefined, 'unsupported'],
  ])('on %s %s with glibc %s it runs: %s', (platform, arch, glibc, kind) => {
    expect(engineSupport({ platform, arch, glibc })).toMatchObject({ kind });
  });
});
