import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConversionRefused } from '../conversion-refused.js';
import { className } from './class-name.js';
import { NdArray } from './nd-array.js';
import { readPickle } from './read-pickle.js';
import type { PyValue } from './values.js';
import { walk } from './walk.js';

const CASES = resolve(import.meta.dirname, '../../../../../shared/models/pickles/cases');

interface Case {
  readonly id: string;
  readonly tier: number;
  readonly format: string;
  readonly class?: string;
  readonly max_seconds?: number;
}

function casesOf(...tiers: readonly number[]): Case[] {
  if (!existsSync(CASES)) return [];
  const metas = readdirSync(CASES).map((id) => JSON.parse(readFileSync(`${CASES}/${id}/meta.json`, 'utf8')) as Case);
  return metas.filter(({ tier }) => tiers.includes(tier));
}

function readCase({ id }: Case): PyValue {
  return readPickle(readFileSync(`${CASES}/${id}/model.pkl`)).root;
}

/** Decodes every array that can be reached. */
function decodeAll(root: PyValue): void {
  walk(root, 1000, (part) => part instanceof NdArray && part.data);
}

/** The value, or the refusal; anything else that is thrown is a defect and is thrown on. */
function readOrRefusal(hostile: Case): PyValue | ConversionRefused {
  try {
    const root = readCase(hostile);
    decodeAll(root);
    return root;
  } catch (error) {
    if (error instanceof ConversionRefused) return error;
    throw error;
  }
}

const isReadable = ({ format }: Case) => !['jlbz2', 'jlxz', 'jllzma'].includes(format);

if (!existsSync(CASES)) console.info(`skipped: no pickle corpus at ${CASES}`);
const describeCorpus = existsSync(CASES) ? describe : describe.skip;

describeCorpus('the pickle corpus', () => {
  it('reads every model of tiers 1 to 3, as an object of the class that Python saved', () => {
    const models = casesOf(1, 2, 3).filter(isReadable);
    expect(models.length).toBeGreaterThan(500);
    for (const model of models) {
      const root = readCase(model);
      decodeAll(root);
      expect([model.id, className(root)]).toEqual([model.id, model.class?.replace(/^builtins\./, '')]);
    }
  });

  it('names the compressor to use where a file has another', () => {
    for (const model of casesOf(1, 2, 3).filter((each) => !isReadable(each))) {
      expect(() => readCase(model)).toThrow(/compressed with (bz2|xz|lzma).*compress=\('zlib', 3\)/);
    }
  });

  it('refuses or reads as inert data what is not a model', () => {
    for (const harmless of casesOf(4)) readOrRefusal(harmless);
  });

  it('refuses hostile files or reads them as inert data, in time, and leaves Object.prototype alone', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).toSorted();
    const hostile = casesOf(5);
    expect(hostile.length).toBeGreaterThan(90);
    for (const file of hostile) {
      const start = performance.now();
      readOrRefusal(file);
      expect(performance.now() - start).toBeLessThan(1000 * (file.max_seconds ?? 5));
    }
    expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
