import { ConversionRefused } from '../../conversion-refused.js';
import { global, handMade, littleEndian, text } from '../hand-made-pickle.js';
import { PyDict, PySet } from '../py-dict.js';
import { PyObject } from '../py-object.js';
import { readPickle } from '../read-pickle.js';
import { PyTuple } from '../values.js';

type Part = number | string | Uint8Array;

const read = (...parts: readonly Part[]) => readPickle(handMade(...parts)).root;
const RIDGE = global('sklearn.linear_model._ridge', 'Ridge');

describe('opcodes of numbers', () => {
  it.each<[string, Part[], unknown]>([
    ['NONE', ['N.'], null],
    ['NEWTRUE', [0x80, 2, 0x88, '.'], true],
    ['NEWFALSE', [0x80, 2, 0x89, '.'], false],
    ['INT', ['I-12\n.'], -12],
    ['INT for True', ['I01\n.'], true],
    ['INT for False', ['I00\n.'], false],
    ['BININT', ['J', 0xfe, 0xff, 0xff, 0xff, '.'], -2],
    ['BININT1', ['K', 0xff, '.'], 255],
    ['BININT2', ['M', 0xff, 0xff, '.'], 65535],
    ['LONG', ['L-9007199254740993L\n.'], -9007199254740993n],
    ['LONG1 of no bytes', [0x80, 2, 0x8a, 0, '.'], 0],
    ['LONG1, negative', [0x80, 2, 0x8a, 1, 0xff, '.'], -1],
    ['LONG1 beyond 2^53', [0x80, 2, 0x8a, 9, littleEndian(0, 8), 1, '.'], 2n ** 64n],
    ['LONG4', [0x80, 2, 0x8b, littleEndian(2), 0, 1, '.'], 256],
    ['FLOAT', ['F-1.5e3\n.'], -1500],
    ['FLOAT for infinity', ['F-inf\n.'], -Infinity],
    ['BINFLOAT', ['G', 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, '.'], 1.5],
  ])('reads %s', (_, parts, expected) => {
    expect(read(...parts)).toBe(expected);
  });
});

describe('opcodes of texts and bytes', () => {
  it.each<[string, Part[], string]>([
    ['UNICODE', ['Va\\u20ac\\U0001f600\xe9\n.'], 'a€😀é'],
    ['BINUNICODE', ['X', littleEndian(2), 0xc3, 0xa9, '.'], 'é'],
    ['SHORT_BINUNICODE', [text('é'), '.'], 'é'],
    ['BINUNICODE8', [0x8d, littleEndian(1, 8), 'a', '.'], 'a'],
    ['STRING', ["S'a b'\n."], 'a b'],
    ['BINSTRING', ['T', littleEndian(1), 0xe9, '.'], 'é'],
    ['SHORT_BINSTRING', ['U', 1, 'a', '.'], 'a'],
  ])('reads %s', (_, parts, expected) => {
    expect(read(...parts)).toBe(expected);
  });

  it.each<[string, Part[]]>([
    ['BINBYTES', ['B', littleEndian(2), 1, 2, '.']],
    ['SHORT_BINBYTES', ['C', 2, 1, 2, '.']],
    ['BINBYTES8', [0x8e, littleEndian(2, 8), 1, 2, '.']],
    ['BYTEARRAY8', [0x96, littleEndian(2, 8), 1, 2, '.']],
    ['READONLY_BUFFER', [0x96, littleEndian(2, 8), 1, 2, 0x98, '.']],
  ])('reads %s', (_, parts) => {
    expect(read(...parts)).toEqual(Uint8Array.of(1, 2));
  });
});

describe('opcodes of containers', () => {
  it.each<[string, Part[], readonly number[]]>([
    ['EMPTY_TUPLE', [').'], []],
    ['TUPLE1', ['K', 1, 0x85, '.'], [1]],
    ['TUPLE2', ['K', 1, 'K', 2, 0x86, '.'], [1, 2]],
    ['TUPLE3', ['K', 1, 'K', 2, 'K', 3, 0x87, '.'], [1, 2, 3]],
    ['TUPLE', ['(K', 1, 'K', 2, 't.'], [1, 2]],
  ])('reads %s', (_, parts, items) => {
    expect(read(...parts)).toEqual(new PyTuple(items));
  });

  it.each<[string, Part[]]>([
    ['LIST', ['(K', 1, 'K', 2, 'l.']],
    ['APPEND', [']K', 1, 'aK', 2, 'a.']],
    ['APPENDS', ['](K', 1, 'K', 2, 'e.']],
  ])('fills a list by %s', (_, parts) => {
    expect(read(...parts)).toEqual([1, 2]);
  });

  it.each<[string, Part[]]>([
    ['DICT', ['(', text('a'), 'K', 1, 'd.']],
    ['SETITEM', ['}', text('a'), 'K', 1, 's.']],
    ['SETITEMS', ['}(', text('a'), 'K', 1, 'u.']],
  ])('fills a dict by %s', (_, parts) => {
    expect((read(...parts) as PyDict).entries()).toEqual([['a', 1]]);
  });

  it.each<[string, Part[]]>([
    ['ADDITEMS', [0x8f, '(K', 1, 'K', 1, 0x90, '.']],
    ['FROZENSET', ['(K', 1, 'K', 1, 0x91, '.']],
  ])('fills a set by %s', (_, parts) => {
    expect((read(...parts) as PySet).items).toEqual([1]);
  });
});

describe('opcodes of stack and memo', () => {
  it.each<[string, Part[]]>([
    ['PUT and GET', [']p7\n0g7\n.']],
    ['BINPUT and BINGET', [']q', 7, '0h', 7, '.']],
    ['LONG_BINPUT and LONG_BINGET', [']r', littleEndian(0xffffffff), '0j', littleEndian(0xffffffff), '.']],
    ['MEMOIZE', [']', 0x94, '0h', 0, '.']],
    ['DUP and POP', [']20.']],
    ['POP of a mark', ['](0.']],
    ['POP_MARK', ['](K', 1, '1.']],
    ['FRAME, as a hint', [0x80, 4, 0x95, littleEndian(2n ** 62n, 8), '].']],
  ])('follows %s', (_, parts) => {
    expect(read(...parts)).toEqual([]);
  });

  it('leaves what stands behind STOP unread', () => {
    expect(read('K', 1, '.', global('os', 'system'))).toBe(1);
  });
});

describe('opcodes of objects', () => {
  it.each<[string, Part[]]>([
    ['GLOBAL and NEWOBJ', [RIDGE, ')', 0x81, '.']],
    ['STACK_GLOBAL and NEWOBJ', [text('sklearn.linear_model._ridge'), text('Ridge'), 0x93, ')', 0x81, '.']],
    ['REDUCE', [RIDGE, ')R.']],
    [
      'REDUCE of copyreg._reconstructor',
      [global('copy_reg', '_reconstructor'), RIDGE, global('__builtin__', 'object'), 'N', 0x87, 'R.'],
    ],
  ])('makes a record by %s', (_, parts) => {
    expect((read(...parts) as PyObject).type).toMatchObject({ module: 'sklearn.linear_model._ridge', name: 'Ridge' });
  });

  it('keeps the state of BUILD as it is, whatever its keys are called', () => {
    const object = read(
      RIDGE,
      ')',
      0x81,
      '}',
      text('__proto__'),
      '}',
      text('alpha'),
      'K',
      1,
      's',
      's',
      'b.',
    ) as PyObject;
    expect(Object.getPrototypeOf(object)).toBe(PyObject.prototype);
    expect((object.get('__proto__') as PyDict).get('alpha')).toBe(1);
    expect(object.get('alpha')).toBeUndefined();
  });

  it('keeps items of instances of subclasses of dict and list', () => {
    const bunch = global('sklearn.utils._bunch', 'Bunch');
    const object = read(bunch, ')', 0x81, text('k'), 'K', 1, 's', 'K', 2, 'a.') as PyObject;
    expect(object.dictItems?.get('k')).toBe(1);
    expect(object.listItems).toEqual([2]);
  });

  it('finds attributes of classes with slots', () => {
    const object = read(RIDGE, ')', 0x81, 'N}', text('a'), 'K', 1, 's', 0x86, 'b.') as PyObject;
    expect(object.get('a')).toBe(1);
  });
});

describe('opcodes that no model needs', () => {
  it.each<[string, Part[]]>([
    ['PERSID', ['Pid\n.']],
    ['BINPERSID', ['NQ.']],
    ['INST', ['(ios\nsystem\n.']],
    ['OBJ', ['(', RIDGE, 'o.']],
    ['NEWOBJ_EX', [RIDGE, ')}', 0x92, '.']],
    ['EXT1', [0x82, 1, '.']],
    ['EXT2', [0x83, 1, 0, '.']],
    ['EXT4', [0x84, 1, 0, 0, 0, '.']],
    ['NEXT_BUFFER', [0x97, '.']],
  ])('refuses %s by name', (name, parts) => {
    expect(() => read(0x80, 2, ...parts)).toThrow(`opcode ${name}, which no model file needs (at byte `);
  });

  it('refuses bytes that are no opcode', () => {
    expect(() => read(0x80, 2, 0xfe, '.')).toThrow('opcode 0xfe, which does not exist (at byte 2)');
    expect(() => read('<!doctype html>')).toThrow('the file is not a pickle or joblib file');
  });
});

describe('opcodes that do not fit what is there', () => {
  it.each<[string, Part[], string]>([
    ['a stack that is empty', ['.'], 'nothing is left on the stack'],
    ['a mark that is missing', ['e.'], 'no mark is set'],
    ['a memo entry that is missing', ['h', 99, '.'], 'memo entry 99 does not exist'],
    ['a memo entry that is not a number', ['Np__proto__\n.'], 'memo entry "__proto__"'],
    ['items for a number', ['K', 1, 'K', 2, 'a.'], 'not a list'],
    ['items for a tuple', [')K', 1, 'K', 2, 's.'], 'not a dict'],
    ['members for a list', ['](K', 1, 0x90, '.'], 'not a set'],
    ['a key without a value', ['}(K', 1, 'u.'], 'a key without a value'],
    ['a list as a key', ['}]K', 1, 's.'], 'could not hash'],
    ['a state for a class', [RIDGE, '}b.'], 'a state for something that has none'],
    ['a second state', [RIDGE, ')', 0x81, '}b}b.'], 'set twice'],
    ['a call of an instance', [RIDGE, ')', 0x81, ')R.'], 'a call of something that is not a class'],
    ['a length beyond the end', [0x8e, littleEndian(2n ** 63n - 1n, 8), 'abc.'], 'are announced'],
    ['a negative length', ['T', littleEndian(0xffffffff), 'ab.'], '-1 bytes are announced'],
    ['text that is not UTF-8', ['X', littleEndian(1), 0xff, '.'], 'not UTF-8'],
    ['a line without an end', ['cos'], 'a line without an end'],
    ['a newer protocol', [0x80, 9, 'N.'], 'pickle protocol 9'],
    ['an integer of 255 bytes', [0x8a, 0xff, new Uint8Array(255), '.'], 'an integer of 255 bytes'],
    ['an integer of many digits', [`L${'9'.repeat(65)}L\n.`], 'a line of more than 64'],
    ['a float that is none', ['F0x10\n.'], 'the float "0x10"'],
  ])('refuses %s', (_, parts, message) => {
    expect(() => read(...parts)).toThrow(ConversionRefused);
    expect(() => read(...parts)).toThrow(message);
  });
});
