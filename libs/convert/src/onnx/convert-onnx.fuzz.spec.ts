import fc from 'fast-check';
import { fixture } from '../../fixtures/fixtures.js';
import { ConversionRefused } from '../conversion-refused.js';
import { convert } from '../convert.js';

/** Whatever the bytes, the file is taken or refused: any other error fails the test. */
function survives(bytes: Uint8Array): void {
  try {
    convert(bytes, 'model.onnx');
  } catch (error) {
    if (!(error instanceof ConversionRefused)) throw error;
  }
}

const damaged = ['logistic-zipmap', 'forest', 'named-inputs', 'own-classifier', 'external-data-nested'].map(fixture);
const seed = 20_260_101;

describe('a damaged .onnx file', () => {
  it.each(['logistic-zipmap', 'named-inputs'])('is refused or taken at every length: %s', (name) => {
    const bytes = fixture(name);
    for (let length = 0; length < bytes.length; length++) survives(bytes.subarray(0, length));
  });

  it('is refused or taken with any few bytes changed', () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    const check = fc.property(fc.constantFrom(...damaged), flips, (original, changes) => {
      const bytes = Uint8Array.from(original);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      survives(bytes);
    });
    fc.assert(check, { numRuns: 3_000, seed });
  });

  it('is refused when it is noise', () => {
    const noise = fc.uint8Array({ maxLength: 200 }).map((tail) => Uint8Array.of(8, 8, 0x3a, ...tail));
    fc.assert(fc.property(noise, survives), { numRuns: 2_000, seed });
  });
});
