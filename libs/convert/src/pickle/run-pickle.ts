import type { Machine } from './machine.js';
import { Opcode } from './opcode.js';
import { OPCODE_TABLE } from './opcodes/opcode-table.js';
import type { PyValue } from './values.js';

/** Runs one pickle stream up to its STOP and returns its value; what follows is left unread. */
export function runPickle(machine: Machine): PyValue {
  const { input, budget } = machine;
  for (let opcode = input.opcode(); opcode !== Opcode.STOP; opcode = input.opcode()) {
    budget.spendOpcode();
    OPCODE_TABLE[opcode](machine);
  }
  return machine.finish();
}
