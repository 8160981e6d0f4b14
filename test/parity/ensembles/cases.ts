import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Label } from '@app/core';

const CASES = resolve(import.meta.dirname, '../../../../shared/models/pickles/cases');

type Cell = number | string | null;

/** A case of the pickle corpus: see its README. */
export interface Case {
  readonly id: string;
  readonly class: string;
  readonly tier: number;
  readonly rtol: number;
  readonly format: string;
  readonly inputs: { readonly columns: readonly string[] | null; readonly rows: readonly (readonly Cell[])[] };
  readonly expected: Readonly<Record<string, readonly (Label | null | readonly (Label | null)[])[]>>;
}

/** The cases that can be converted at all and are of certain classes; none where the corpus is not there. */
export function casesOf(isWanted: (className: string) => boolean): Case[] {
  return (existsSync(CASES) ? readdirSync(CASES) : [])
    .map((id) => ({ id, ...read<Omit<Case, 'id'>>(id, 'meta') }))
    .filter((each) => each.tier <= 3 && isWanted(each.class) && !['jlbz2', 'jlxz', 'jllzma'].includes(each.format))
    .map((each) => ({ ...each, inputs: read(each.id, 'inputs'), expected: read(each.id, 'expected') }));
}

export function fileOf(id: string): Buffer {
  return readFileSync(`${CASES}/${id}/model.pkl`);
}

function read<T>(id: string, file: string): T {
  return JSON.parse(readFileSync(`${CASES}/${id}/${file}.json`, 'utf8')) as T;
}
