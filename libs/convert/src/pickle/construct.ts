import { CONSTRUCTORS } from './constructors.js';
import type { Machine } from './machine.js';
import { broken, unsupported } from './pickle-fault.js';
import { PyDict } from './py-dict.js';
import { PyObject } from './py-object.js';
import { PyGlobal, type PyValue } from './values.js';

/** REDUCE: what calling the named class or function would mean, as data. */
export function construct(machine: Machine, callee: PyValue, args: readonly PyValue[]): PyValue {
  const global = globalOf(callee);
  const constructor = CONSTRUCTORS.get(global.path);
  return constructor ? constructor(args, machine) : recordOf(machine, global, args);
}

/** NEWOBJ: an instance of the named class, as data. */
export function instantiate(machine: Machine, callee: PyValue, args: readonly PyValue[]): PyValue {
  const global = globalOf(callee);
  return DICT_CLASSES.has(global.path) ? new PyDict() : recordOf(machine, global, args);
}

const DICT_CLASSES: ReadonlySet<string> = new Set(['collections.OrderedDict', 'collections.defaultdict']);

function globalOf(callee: PyValue): PyGlobal {
  return callee instanceof PyGlobal ? callee : broken('a call of something that is not a class');
}

function recordOf(machine: Machine, global: PyGlobal, args: readonly PyValue[]): PyObject {
  if (!machine.isRecord(global)) unsupported(`the file calls ${global.path}`);
  return new PyObject(global, args);
}
