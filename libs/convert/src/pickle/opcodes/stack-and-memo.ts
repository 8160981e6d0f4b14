import { broken, quoted, unsupported } from '../pickle-fault.js';
import type { Machine } from '../machine.js';
import { Opcode } from '../opcode.js';
import { NdArray } from '../nd-array.js';
import type { PyValue } from '../values.js';
import type { OpcodeGroup } from './opcode-group.js';

const NEWEST_PROTOCOL = 5;

/** The header, the stack, marks and the memo. */
export const stackAndMemoOpcodes: OpcodeGroup = [
  [Opcode.PROTO, (machine) => startProtocol(machine, machine.input.uint8())],
  // A frame only tells a reader how much to fetch at once; joblib writes arrays between frames.
  [Opcode.FRAME, (machine) => void machine.input.uint64()],

  [Opcode.MARK, (machine) => machine.mark()],
  [Opcode.POP, (machine) => machine.drop()],
  [Opcode.POP_MARK, (machine) => void machine.popToMark()],
  [Opcode.DUP, (machine) => machine.push(machine.top())],

  [Opcode.PUT, (machine) => machine.memoize(memoIndex(machine))],
  [Opcode.BINPUT, (machine) => machine.memoize(machine.input.uint8())],
  [Opcode.LONG_BINPUT, (machine) => machine.memoize(machine.input.uint32())],
  [Opcode.MEMOIZE, (machine) => machine.memoize()],
  [Opcode.GET, (machine) => machine.push(machine.recall(memoIndex(machine)))],
  [Opcode.BINGET, (machine) => machine.push(machine.recall(machine.input.uint8()))],
  [Opcode.LONG_BINGET, (machine) => machine.push(machine.recall(machine.input.uint32()))],

  [Opcode.READONLY_BUFFER, (machine) => checkBuffer(machine.top())],
];

function startProtocol(machine: Machine, protocol: number): void {
  if (protocol > NEWEST_PROTOCOL) unsupported(`pickle protocol ${protocol}`, 'Save the model with protocol 5 or lower');
  machine.protocol = protocol;
}

const MAX_INDEX_DIGITS = 10;

function memoIndex(machine: Machine): number {
  const text = machine.input.line(MAX_INDEX_DIGITS);
  return /^\d+$/.test(text) ? Number(text) : broken(`memo entry ${quoted(text)}`);
}

function checkBuffer(value: PyValue): void {
  if (!(value instanceof Uint8Array || value instanceof NdArray)) broken('READONLY_BUFFER on something else');
}
