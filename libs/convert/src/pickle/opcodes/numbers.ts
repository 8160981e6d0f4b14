import { broken, quoted } from '../pickle-fault.js';
import { Opcode } from '../opcode.js';
import type { OpcodeGroup } from './opcode-group.js';

/** None, booleans, integers and floats. */
export const numberOpcodes: OpcodeGroup = [
  [Opcode.NONE, (machine) => machine.push(null)],
  [Opcode.NEWTRUE, (machine) => machine.push(true)],
  [Opcode.NEWFALSE, (machine) => machine.push(false)],
  [Opcode.BININT, (machine) => machine.push(machine.input.int32())],
  [Opcode.BININT1, (machine) => machine.push(machine.input.uint8())],
  [Opcode.BININT2, (machine) => machine.push(machine.input.uint16())],
  [Opcode.BINFLOAT, (machine) => machine.push(machine.input.bigEndianDouble())],
  [Opcode.LONG1, (machine) => machine.push(longOf(machine.input.take(machine.input.uint8())))],
  [Opcode.LONG4, (machine) => machine.push(longOf(machine.input.take(machine.input.uint32())))],
  [Opcode.INT, (machine) => machine.push(intOf(machine.input.line(MAX_NUMBER_TEXT)))],
  [Opcode.LONG, (machine) => machine.push(decimalOf(machine.input.line(MAX_NUMBER_TEXT).replace(/L$/, '')))],
  [Opcode.FLOAT, (machine) => machine.push(floatOf(machine.input.line(MAX_NUMBER_TEXT)))],
];

// Longer integers are not in models, and parsing decimal digits is quadratic.
const MAX_NUMBER_TEXT = 64;
const MAX_LONG_BYTES = 40;

/** A little-endian two's complement integer. */
function longOf(bytes: Uint8Array): number | bigint {
  if (bytes.length > MAX_LONG_BYTES) broken(`an integer of ${bytes.length} bytes`);
  if (bytes.length === 0) return 0;
  const hex = Buffer.from(bytes).reverse().toString('hex');
  return narrowed(BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex}`)));
}

function intOf(text: string): number | bigint | boolean {
  // Protocols 0 and 1 spell True and False like this.
  if (text === '01') return true;
  if (text === '00') return false;
  return decimalOf(text);
}

function decimalOf(text: string): number | bigint {
  if (!/^[+-]?\d+$/.test(text)) broken(`the integer ${quoted(text)}`);
  const digits = text.replace(/^[+-]/, '');
  return narrowed(text.startsWith('-') ? -BigInt(digits) : BigInt(digits));
}

/** A number where it holds the integer exactly. */
function narrowed(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}

const SPECIAL_FLOATS: ReadonlyMap<string, number> = new Map([
  ['nan', NaN],
  ['-nan', NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

function floatOf(text: string): number {
  const special = SPECIAL_FLOATS.get(text);
  if (special !== undefined) return special;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : broken(`the float ${quoted(text)}`);
}
