import { setFlagsFromString } from 'node:v8';
import { TestEnvironment } from 'jest-environment-node';

// As the service has it (libs/platform/src/v8-settings.ts): its worker threads end in this process here.
setFlagsFromString('--no-concurrent-recompilation');

const SHARED_WITH_NATIVE_CODE = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'DataView',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'BigUint64Array',
  'BigInt64Array',
  'Float32Array',
  'Float64Array',
];

/** Jest's realm has typed arrays of its own, which native addons (onnxruntime-node) do not recognise: give it ours. */
export default class NativeArraysEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of SHARED_WITH_NATIVE_CODE) this.global[name] = globalThis[name];
  }
}
