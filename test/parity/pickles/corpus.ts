import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const SHARED = resolve(import.meta.dirname, '../../../../shared/models/pickles/cases');
const OWN = resolve(import.meta.dirname, '../../../libs/convert/fixtures/sklearn');

/** The corpus that is shared, and our own in the same form; another one where the environment variable PICKLES names it. */
const FOLDERS = process.env.PICKLES ? [process.env.PICKLES] : [SHARED, OWN];

/** A value of a row; null is a missing one. */
export type Cell = number | string | boolean | null;

type Numbers = readonly (number | null)[] | readonly (readonly (number | null)[])[];

/** What the library answered for the rows of a case. */
export interface Expected {
  readonly predict?: readonly Cell[] | readonly (readonly Cell[])[];
  readonly predict_proba?: Numbers;
  readonly decision_function?: Numbers;
  readonly score_samples?: Numbers;
  readonly transform?: Numbers;
}

/** A case of the corpus: see its README. */
export interface PickleCase {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly env: string;
  readonly class: string;
  readonly tier: 1 | 2 | 3 | 4 | 5;
  readonly rtol: number;
  readonly expect: 'convert' | 'convert-or-refuse' | 'refuse' | 'refuse-or-convert';
}

/** Named or positional rows. */
export interface Inputs {
  readonly columns: readonly string[] | null;
  readonly rows: readonly (readonly Cell[])[];
}

/** All cases, or those whose id matches the environment variable CASES. */
export function pickleCases(): PickleCase[] {
  return FOLDERS.filter((folder) => existsSync(folder)).flatMap(casesIn);
}

/** Whether the shared corpus is there; our own always is. */
export const hasSharedCorpus = existsSync(SHARED);

function casesIn(corpus: string): PickleCase[] {
  const wanted = new RegExp(process.env.CASES ?? '');
  const ids = readdirSync(corpus).filter((id) => wanted.test(id) && existsSync(`${corpus}/${id}/meta.json`));
  return ids.map((id) => {
    const folder = `${corpus}/${id}`;
    return { ...readJson<PickleCase>(folder, 'meta'), id, folder };
  });
}

export function readModel({ folder }: PickleCase): Buffer {
  return readFileSync(`${folder}/model.pkl`);
}

export function readInputs({ folder }: PickleCase): Inputs {
  return readJson(folder, 'inputs');
}

export function readExpected({ folder }: PickleCase): Expected {
  return readJson(folder, 'expected');
}

function readJson<T>(folder: string, file: string): T {
  return JSON.parse(readFileSync(`${folder}/${file}.json`, 'utf8')) as T;
}
