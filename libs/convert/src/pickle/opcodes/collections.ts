import { broken } from '../pickle-fault.js';
import type { Machine } from '../machine.js';
import { Opcode } from '../opcode.js';
import { PyDict, PySet } from '../py-dict.js';
import { PyObject } from '../py-object.js';
import { PyTuple, type PyList, type PyValue } from '../values.js';
import type { OpcodeGroup } from './opcode-group.js';

/** Tuples, lists, dicts and sets, and filling them. */
export const collectionOpcodes: OpcodeGroup = [
  [Opcode.EMPTY_TUPLE, (machine) => machine.push(EMPTY_TUPLE)],
  [Opcode.TUPLE1, (machine) => machine.pushNew(new PyTuple([machine.pop()]))],
  [Opcode.TUPLE2, (machine) => pushPair(machine)],
  [Opcode.TUPLE3, (machine) => pushTriple(machine)],
  [Opcode.TUPLE, (machine) => machine.pushNew(new PyTuple(machine.popToMark()))],

  [Opcode.EMPTY_LIST, (machine) => machine.pushNew([])],
  [Opcode.LIST, (machine) => machine.pushNew(machine.popToMark())],
  [Opcode.APPEND, (machine) => append([machine.pop()], machine.top())],
  [Opcode.APPENDS, (machine) => append(machine.popToMark(), machine.top())],

  [Opcode.EMPTY_DICT, (machine) => machine.pushNew(new PyDict())],
  [Opcode.DICT, (machine) => pushDict(machine)],
  [Opcode.SETITEM, setItem],
  [Opcode.SETITEMS, (machine) => setItems(machine.popToMark(), machine.top())],

  [Opcode.EMPTY_SET, (machine) => machine.pushNew(new PySet())],
  [Opcode.ADDITEMS, (machine) => addMembers(machine.popToMark(), machine.top())],
  [Opcode.FROZENSET, (machine) => pushSet(machine)],
];

const EMPTY_TUPLE = new PyTuple([]);

function pushPair(machine: Machine): void {
  const second = machine.pop();
  machine.pushNew(new PyTuple([machine.pop(), second]));
}

function pushTriple(machine: Machine): void {
  const third = machine.pop();
  const second = machine.pop();
  machine.pushNew(new PyTuple([machine.pop(), second, third]));
}

function append(items: PyList, target: PyValue): void {
  const list = listOf(target);
  for (const item of items) list.push(item);
}

/** The list itself, or the items of an instance of a subclass of list. */
function listOf(target: PyValue): PyList {
  if (target instanceof PyObject) return (target.listItems ??= []);
  return Array.isArray(target) ? target : broken('items for something that is not a list');
}

function pushDict(machine: Machine): void {
  const dict = new PyDict();
  setItems(machine.popToMark(), dict);
  machine.pushNew(dict);
}

function setItems(items: PyList, target: PyValue): void {
  if (items.length % 2 !== 0) broken('a key without a value');
  const dict = dictOf(target);
  for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
}

function setItem(machine: Machine): void {
  const value = machine.pop();
  const key = machine.pop();
  dictOf(machine.top()).set(key, value);
}

/** The dict itself, or the items of an instance of a subclass of dict. */
function dictOf(target: PyValue): PyDict {
  if (target instanceof PyObject) return (target.dictItems ??= new PyDict());
  return target instanceof PyDict ? target : broken('items for something that is not a dict');
}

function pushSet(machine: Machine): void {
  const set = new PySet();
  addMembers(machine.popToMark(), set);
  machine.pushNew(set);
}

function addMembers(members: PyList, target: PyValue): void {
  const set = target instanceof PySet ? target : broken('members for something that is not a set');
  for (const member of members) set.add(member);
}
