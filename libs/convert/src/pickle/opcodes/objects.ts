import { build } from '../build.js';
import { construct, instantiate } from '../construct.js';
import type { Machine } from '../machine.js';
import { Opcode } from '../opcode.js';
import { broken } from '../pickle-fault.js';
import type { OpcodeGroup } from './opcode-group.js';

const MAX_NAME = 256;

/** Names of classes, instances and their state. */
export const objectOpcodes: OpcodeGroup = [
  [Opcode.GLOBAL, (machine) => machine.pushGlobal(machine.input.line(MAX_NAME), machine.input.line(MAX_NAME))],
  [Opcode.STACK_GLOBAL, pushGlobalFromStack],
  [Opcode.REDUCE, reduce],
  [Opcode.NEWOBJ, newObject],
  [Opcode.BUILD, (machine) => build(machine, machine.pop())],
];

function pushGlobalFromStack(machine: Machine): void {
  const name = machine.pop();
  const module = machine.pop();
  if (typeof name !== 'string' || typeof module !== 'string') broken('a class name that is not text');
  machine.pushGlobal(module, name);
}

function reduce(machine: Machine): void {
  const { items } = machine.popTuple();
  machine.pushNew(construct(machine, machine.pop(), items));
}

function newObject(machine: Machine): void {
  const { items } = machine.popTuple();
  machine.pushNew(instantiate(machine, machine.pop(), items));
}
