import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

// Another corpus in the same form can be given by the environment variable PICKLES.
const CASES = process.env.PICKLES ?? resolve(import.meta.dirname, '../../../../shared/models/pickles/cases');

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

/** All cases, or those whose id matches the environment variable CASES; none where the corpus is not there. */
export function pickleCases(): PickleCase[] {
  if (!existsSync(CASES)) return [];
  const wanted = new RegExp(process.env.CASES ?? '');
  const ids = readdirSync(CASES).filter((id) => wanted.test(id));
  return ids.map((id) => ({ ...readJson<PickleCase>(id, 'meta'), id }));
}

export function readModel(id: string): Buffer {
  return readFileSync(`${CASES}/${id}/model.pkl`);
}

export function readInputs(id: string): Inputs {
  return readJson(id, 'inputs');
}

export function readExpected(id: string): Expected {
  return readJson(id, 'expected');
}

function readJson<T>(id: string, file: string): T {
  return JSON.parse(readFileSync(`${CASES}/${id}/${file}.json`, 'utf8')) as T;
}
