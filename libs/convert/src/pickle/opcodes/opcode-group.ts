import type { Machine } from '../machine.js';
import type { OpcodeByte } from '../opcode.js';

/** Does what one opcode says. */
export type Handler = (machine: Machine) => void;

/** Opcodes that belong together, with what they do. */
export type OpcodeGroup = readonly (readonly [opcode: OpcodeByte, handler: Handler])[];
