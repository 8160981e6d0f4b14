/** One file of the engine's package and its sha256, before and after the patch for glibc 2.36 and 2.37. */
export interface EngineFile {
  readonly name: string;
  readonly shipped: string;
  readonly patched: string;
}

/** The version whose files are known byte by byte; the same as in package.json. */
export const ENGINE_VERSION = '0.1.1';

/** The files of each build that can be patched; the addon first. The arm64 results were made but never run. */
export const ENGINE_BUILDS: Readonly<Record<string, readonly [addon: EngineFile, library: EngineFile]>> = {
  'linux-x64': [
    {
      name: 'embedded-mongodb.linux-x64-gnu.node',
      shipped: '5ce2da1845bd2aaf719ce33c36ef8eaf0c9e4a5b8eac75e8f10ad236ae937dbb',
      patched: 'b46a07fc190d6d683690087b6792c96232931b08960f67912361f09a1cdbe600',
    },
    {
      name: 'libembedded_mongodb_native.so',
      shipped: 'eee6ecfaad6a1cdcf4f27086486f9f517cb9473e164fb677969686072cbbd76c',
      patched: '2fad2de43b2c8fb683dca485e1ff946d6e1c38737c12c95ba58d21715f9c8168',
    },
  ],
  'linux-arm64': [
    {
      name: 'embedded-mongodb.linux-arm64-gnu.node',
      shipped: '1a9a4333810025c04de148b58e796aef9da55d2974e50793df9aa860f6981440',
      patched: 'c38a4014d384e2a757ea0165c7fb28025def8c4ee746811ed56bdebe2b9c481c',
    },
    {
      name: 'libembedded_mongodb_native.so',
      shipped: '7921cf975be80227cb9bef30706ed8b22a797b47587afe0c0b01f82a6dea30de',
      patched: 'a72c5b67a6eb65cd395d5bef2f78e30f45bb84d71184f35cfa5529c48ecb2288',
    },
  ],
};
