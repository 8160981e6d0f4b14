import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { emptyDataDir } from './data-dir.js';

const SHIPPED = join(import.meta.dirname, '../../models');

/** A folder of models with one shipped version alone, which is therefore the live one of its model. */
export function modelsDirWith(model: string, version: number): string {
  const folder = emptyDataDir();
  cpSync(join(SHIPPED, model, String(version)), join(folder, model, String(version)), { recursive: true });
  return folder;
}
