import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConversionRefused } from '../conversion-refused.js';
import { NdArray } from './nd-array.js';
import { readPickle } from './read-pickle.js';
import { walk } from './walk.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/pickle');
const ROUNDS = 2500;
const LIMITS = { maxBytes: 2 ** 20, maxDataBytes: 2 ** 22, timeoutMs: 1000 };

/** Seeded (mulberry32), so that a failure can be repeated. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A file with a few bytes changed, removed, or repeated from elsewhere in it. */
function mutate(file: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes = Buffer.from(file);
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const at = random(bytes.length);
    const piece = bytes.subarray(random(bytes.length)).subarray(0, random(40));
    const changed = [Buffer.from([random(256)]), Buffer.alloc(0), piece][random(3)];
    bytes = Buffer.concat([bytes.subarray(0, at), changed, bytes.subarray(at + 1)]);
  }
  return bytes;
}

function readAndDecode(bytes: Uint8Array): void {
  walk(readPickle(bytes, LIMITS).root, 1000, (part) => part instanceof NdArray && part.data);
}

it('refuses damaged files, or reads them, and never fails in another way', () => {
  const files = readdirSync(FIXTURES).filter((name) => /-p\d\.pkl$|numpy\d\.joblib$/.test(name));
  const contents = files.map((name) => readFileSync(`${FIXTURES}/${name}`));
  const random = randomNumbers(2026);
  let refused = 0;
  for (let round = 0; round < ROUNDS; round++) {
    try {
      readAndDecode(mutate(contents[round % contents.length], random));
    } catch (error) {
      if (!(error instanceof ConversionRefused)) throw error;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(ROUNDS / 2);
});
