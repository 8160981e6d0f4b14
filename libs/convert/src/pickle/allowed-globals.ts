import { CONSTRUCTORS } from './constructors.js';
import type { GlobalRole } from './global-policy.js';
import { BOOSTING_RECORDS } from './globals/boosting.js';
import { PYTHON_RECORDS, PYTHON_TOKENS } from './globals/python.js';
import { SKLEARN_PART_RECORDS, SKLEARN_TOKENS } from './globals/sklearn-parts.js';
import { SKLEARN_MODEL_RECORDS } from './globals/sklearn-models.js';
import type { NamesByModule } from './globals/names-by-module.js';

/** Which classes and functions a file may mention, by exact path, and what for; all others are refused by name. */
export const ALLOWED_GLOBALS: ReadonlyMap<string, GlobalRole> = new Map<string, GlobalRole>([
  ...withRole('record', SKLEARN_MODEL_RECORDS, SKLEARN_PART_RECORDS, BOOSTING_RECORDS, PYTHON_RECORDS),
  ...withRole('token', SKLEARN_TOKENS, PYTHON_TOKENS),
  ...[...CONSTRUCTORS.keys()].map((path): [string, GlobalRole] => [path, 'constructor']),
]);

function withRole(role: GlobalRole, ...tables: readonly NamesByModule[]): [string, GlobalRole][] {
  return tables
    .flat()
    .flatMap(([module, names]) => pathsIn(module, names).map((path): [string, GlobalRole] => [path, role]));
}

function pathsIn(module: string, names: string): string[] {
  return names.split(' ').map((name) => `${module}.${name}`);
}
