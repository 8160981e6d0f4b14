import type { Machine } from '../machine.js';
import { broken, unsupported } from '../pickle-fault.js';
import { PyDict } from '../py-dict.js';
import { PyObject } from '../py-object.js';
import { PyGlobal, PyTuple, type PyList, type PyValue } from '../values.js';

const BYTES_PER_ENTRY = 128;

/** `OrderedDict()` and `OrderedDict([[key, value], …])`. */
export function makeOrderedDict([pairs = []]: readonly PyValue[], machine: Machine): PyDict {
  if (!Array.isArray(pairs)) broken('an OrderedDict of something that is not a list');
  machine.budget.spendData(BYTES_PER_ENTRY * pairs.length);
  const dict = new PyDict();
  for (const pair of pairs) dict.set(...keyAndValue(pair));
  return dict;
}

function keyAndValue(pair: PyValue): readonly [PyValue, PyValue] {
  const items = pair instanceof PyTuple ? pair.items : pair;
  return Array.isArray(items) && items.length === 2
    ? [items[0], items[1]]
    : broken('a dict of something else than pairs');
}

/** `copyreg._reconstructor(class, base, state)`: how protocols 0 and 1 make an instance; base is object, dict or list. */
export function reconstructor([type, , content = null]: readonly PyValue[], machine: Machine): PyObject {
  if (!(type instanceof PyGlobal) || !machine.isRecord(type)) unsupported('a call of copyreg._reconstructor');
  const object = new PyObject(type);
  if (content instanceof PyDict) object.dictItems = content;
  if (Array.isArray(content)) object.listItems = content as PyList;
  return object;
}
