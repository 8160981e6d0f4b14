// The layout of ELF64 (gABI) and of GNU symbol versions (LSB, "Symbol Versioning").
const SHT_DYNSYM = 11;
const SHT_GNU_VERNEED = 0x6ffffffe;
const SHT_GNU_VERSYM = 0x6fffffff;
const SYMBOL_BYTES = 24;
const TOO_NEW = 'GLIBC_2.38';
// The first version of all, on x64 and on arm64.
const OLDEST = ['GLIBC_2.2.5', 'GLIBC_2.17'];
const C23_PREFIX = '__isoc23_';

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
}

/** A version that a library needs of another: where its record stands, its name, and its index in the symbol table. */
interface Need {
  readonly at: number;
  readonly name: string;
  readonly index: number;
}

interface Elf {
  readonly bytes: Buffer;
  readonly symbols: Section;
  readonly versions: Section;
  readonly needs: Section;
  readonly text: (offset: number) => string;
}

/**
 * A copy of a shared library that asks glibc for the oldest twins of what it takes from 2.38: `__isoc23_strtol` and its
 * kin become `strtol`, `fmod` keeps its name. Only imports change, which no hash table lists, so nothing else moves.
 */
export function patchElf(original: Buffer): Buffer {
  const elf = readElf(Buffer.from(original));
  const renamed = new Set<number>();
  for (const needs of neededVersions(elf)) for (const index of makeOlder(elf, needs)) renamed.add(index);
  dropC23Prefix(elf, renamed);
  return elf.bytes;
}

function readElf(bytes: Buffer): Elf {
  const isElf64LittleEndian = bytes.readUInt32BE(0) === 0x7f454c46 && bytes[4] === 2 && bytes[5] === 1;
  if (!isElf64LittleEndian) throw new Error('not a little-endian 64-bit ELF file');
  const sections = readSections(bytes);
  const symbols = sectionOf(sections, SHT_DYNSYM);
  const names = sections[symbols.link]!.offset;
  const text = (offset: number) => bytes.toString('latin1', names + offset, bytes.indexOf(0, names + offset));
  const versions = sectionOf(sections, SHT_GNU_VERSYM);
  return { bytes, symbols, versions, needs: sectionOf(sections, SHT_GNU_VERNEED), text };
}

function readSections(bytes: Buffer): Section[] {
  const [table, entryBytes, count] = [
    Number(bytes.readBigUInt64LE(0x28)),
    bytes.readUInt16LE(0x3a),
    bytes.readUInt16LE(0x3c),
  ];
  return Array.from({ length: count }, (_, i) => {
    const at = table + i * entryBytes;
    return {
      type: bytes.readUInt32LE(at + 4),
      offset: Number(bytes.readBigUInt64LE(at + 24)),
      size: Number(bytes.readBigUInt64LE(at + 32)),
      link: bytes.readUInt32LE(at + 40),
      info: bytes.readUInt32LE(at + 44),
    };
  });
}

function sectionOf(sections: readonly Section[], type: number): Section {
  const found = sections.find((section) => section.type === type);
  if (!found) throw new Error(`the ELF file has no section of type ${type}`);
  return found;
}

/** The versions it needs, library by library. */
function neededVersions({ bytes, needs, text }: Elf): Need[][] {
  let at = needs.offset;
  return Array.from({ length: needs.info }, () => {
    let aux = at + bytes.readUInt32LE(at + 8);
    const ofLibrary = Array.from({ length: bytes.readUInt16LE(at + 2) }, () => {
      const need = { at: aux, name: text(bytes.readUInt32LE(aux + 8)), index: bytes.readUInt16LE(aux + 6) };
      aux += bytes.readUInt32LE(aux + 12);
      return need;
    });
    at += bytes.readUInt32LE(at + 12);
    return ofLibrary;
  });
}

/** Gives each version that is too new the hash and the name of the library's oldest; answers with their indexes. */
function makeOlder({ bytes }: Elf, needs: readonly Need[]): number[] {
  const tooNew = needs.filter((need) => need.name === TOO_NEW);
  const [oldest] = OLDEST.flatMap((name) => needs.filter((need) => need.name === name));
  if (tooNew.length > 0 && !oldest) throw new Error(`nothing older than ${TOO_NEW} to take its place`);
  for (const need of tooNew) {
    bytes.copy(bytes, need.at, oldest!.at, oldest!.at + 4);
    bytes.copy(bytes, need.at + 8, oldest!.at + 8, oldest!.at + 12);
  }
  return tooNew.map((need) => need.index);
}

function dropC23Prefix({ bytes, symbols, versions, text }: Elf, indexes: ReadonlySet<number>): void {
  for (let i = 0; i < symbols.size / SYMBOL_BYTES; i++) {
    // The top bit of a version index marks a hidden symbol.
    if (!indexes.has(bytes.readUInt16LE(versions.offset + 2 * i) & 0x7fff)) continue;
    const at = symbols.offset + i * SYMBOL_BYTES;
    const name = bytes.readUInt32LE(at);
    // The old name is the tail of the new one, so it is already in the string table.
    if (text(name).startsWith(C23_PREFIX)) bytes.writeUInt32LE(name + C23_PREFIX.length, at);
  }
}
