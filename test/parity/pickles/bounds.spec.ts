// What docs/model-files.md promises of each class. WRITE_BOUNDS=1 measures anew and writes bounds.json, which the page is made from.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { boundsOf, broken, measureAll, type Bounds, type Measurement } from './bounds.js';
import { hasSharedCorpus } from './corpus.js';

const FILE = join(import.meta.dirname, 'bounds.json');
const isWriting = process.env.WRITE_BOUNDS === '1';
const FIVE_MINUTES = 300_000;

describe('the errors that docs/model-files.md states', () => {
  let measurements: readonly Measurement[];

  beforeAll(async () => {
    if (isWriting && !hasSharedCorpus) throw new Error('bounds.json is written from all cases: ../shared is missing');
    measurements = await measureAll();
    if (isWriting) await write(boundsOf(measurements));
  }, FIVE_MINUTES);

  it('are not exceeded', () => {
    const promised = JSON.parse(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '{}') as Bounds;
    expect(broken(measurements, promised)).toEqual([]);
    expect(measurements.length).toBeGreaterThan(100);
  });
});

async function write(bounds: Bounds): Promise<void> {
  writeFileSync(
    FILE,
    await format(JSON.stringify(bounds, null, 2), { ...(await resolveConfig(FILE)), filepath: FILE }),
  );
}
