import { cpus } from 'node:os';

const rooms = ['core', 'convert', 'runtime', 'registry', 'capture', 'comparison', 'journal', 'database', 'platform'];

/** @type {import('jest').Config} */
export default {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  testEnvironment: '<rootDir>/test/setup/environment.mjs',
  globalSetup: '<rootDir>/test/setup/start-database.mjs',
  globalTeardown: '<rootDir>/test/setup/stop-database.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    ...Object.fromEntries(rooms.map((room) => [`^@app/${room}$`, `<rootDir>/libs/${room}/src/index.ts`])),
    // The doors beside the front door.
    '^@app/([a-z]+)/([a-z]+)$': '<rootDir>/libs/$1/src/$2.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/setup/closing-line.reporter.mjs'],
  maxWorkers: Math.min(2, cpus().length),
};
