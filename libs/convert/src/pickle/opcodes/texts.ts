import { broken, unsupported } from '../pickle-fault.js';
import type { Machine } from '../machine.js';
import { Opcode } from '../opcode.js';
import type { OpcodeGroup } from './opcode-group.js';

/** Texts and byte strings. */
export const textOpcodes: OpcodeGroup = [
  [Opcode.SHORT_BINUNICODE, (machine) => pushText(machine, machine.input.uint8())],
  [Opcode.BINUNICODE, (machine) => pushText(machine, machine.input.uint32())],
  [Opcode.BINUNICODE8, (machine) => pushText(machine, machine.input.uint64())],
  [Opcode.UNICODE, (machine) => machine.push(rawUnicode(machine.input.line(Infinity)))],
  [Opcode.STRING, (machine) => machine.push(unquoted(machine.input.line(Infinity)))],
  [Opcode.BINSTRING, (machine) => machine.push(machine.input.latin1(machine.input.int32()))],
  [Opcode.SHORT_BINSTRING, (machine) => machine.push(machine.input.latin1(machine.input.uint8()))],
  [Opcode.SHORT_BINBYTES, (machine) => pushBytes(machine, machine.input.uint8())],
  [Opcode.BINBYTES, (machine) => pushBytes(machine, machine.input.uint32())],
  [Opcode.BINBYTES8, (machine) => pushBytes(machine, machine.input.uint64())],
  [Opcode.BYTEARRAY8, (machine) => pushBytes(machine, machine.input.uint64())],
];

function pushText(machine: Machine, length: number): void {
  machine.push(machine.input.utf8(length));
}

function pushBytes(machine: Machine, length: number): void {
  machine.pushNew(machine.input.take(length));
}

/** Python's raw-unicode-escape: Latin-1, and `\uXXXX` or `\UXXXXXXXX` for all else. */
function rawUnicode(line: string): string {
  return line.replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (_, short?: string, long?: string) =>
    characterOf(parseInt(short ?? long ?? '', 16)),
  );
}

function characterOf(codePoint: number): string {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : broken('text that is not Unicode');
}

/** A text of Python 2, between quotes. */
function unquoted(line: string): string {
  const [quote] = line;
  if (line.length < 2 || !line.endsWith(quote) || !`'"`.includes(quote)) broken('a text without its quotes');
  if (line.includes('\\')) unsupported('a text of Python 2 with escapes');
  return line.slice(1, -1);
}
