import type { Machine } from '../machine.js';
import { Opcode } from '../opcode.js';
import { broken, unsupported } from '../pickle-fault.js';
import { collectionOpcodes } from './collections.js';
import { numberOpcodes } from './numbers.js';
import { objectOpcodes } from './objects.js';
import type { Handler } from './opcode-group.js';
import { stackAndMemoOpcodes } from './stack-and-memo.js';
import { textOpcodes } from './texts.js';

const KNOWN: ReadonlyMap<number, Handler> = new Map<number, Handler>(
  [numberOpcodes, textOpcodes, collectionOpcodes, stackAndMemoOpcodes, objectOpcodes].flat(),
);

// Not needed by any model: persistent ids and buffers lie outside the file, EXT means a registry of the writer's machine,
// INST, OBJ and NEWOBJ_EX are further ways to call what NEWOBJ and REDUCE call.
const NAMES: ReadonlyMap<number, string> = new Map<number, string>(
  Object.entries(Opcode).map(([name, byte]) => [byte, name]),
);

function refuseOpcode(machine: Machine, byte: number): never {
  const name = NAMES.get(byte);
  if (name !== undefined) unsupported(`opcode ${name}, which no model file needs`);
  if (machine.input.opcodeOffset === 0) broken('the file is not a pickle or joblib file');
  broken(`opcode 0x${byte.toString(16)}, which does not exist`);
}

/** The handler of every byte that can stand where an opcode is expected; STOP is the reader's own. */
export const OPCODE_TABLE: readonly Handler[] = Array.from({ length: 256 }, (_, byte) => handlerOf(byte));

function handlerOf(byte: number): Handler {
  return KNOWN.get(byte) ?? ((machine) => refuseOpcode(machine, byte));
}
