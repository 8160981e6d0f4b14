import { broken, quoted, unsupported } from './pickle-fault.js';

/** How the elements of a numpy array are stored (numpy.lib.format, "array interface" type strings). */
export interface DType {
  /** b bool, i int, u uint, f float, U text, S bytes, O object, V record; M, m, c and others are known by name only. */
  readonly kind: string;
  readonly itemSize: number;
  readonly littleEndian: boolean;
  /** Of a structured dtype. */
  readonly fields?: readonly DTypeField[];
}

/** One field of a structured dtype: where in an element it lies. */
export interface DTypeField {
  readonly name: string;
  readonly dtype: DType;
  readonly offset: number;
}

/** A dtype as a value in a pickle: made from a code, then given its byte order and fields by BUILD. */
export class PyDType {
  #isBuilt = false;

  constructor(private current: DType) {}

  get dtype(): DType {
    return this.current;
  }

  /** Takes the state once; arrays that were made before keep the dtype that they were made with. */
  build(dtype: DType): void {
    if (this.#isBuilt) broken('a dtype whose state is set twice');
    this.#isBuilt = true;
    this.current = dtype;
  }
}

const MAX_ITEM_SIZE = 2 ** 20;
const CODE = /^([<>|=]?)([biufcSUVOMm])(\d{0,8})$/;
const BYTES_PER_CHARACTER = 4;

/** The dtype of a code such as `<f8`, `O8` or `U12`. */
export function dtypeOf(code: string): DType {
  const [, order, kind, digits] = CODE.exec(code === '?' ? 'b1' : code) ?? unsupported(`numpy dtype ${quoted(code)}`);
  const count = digits === '' ? 1 : Number(digits);
  const itemSize = kind === 'U' ? count * BYTES_PER_CHARACTER : count;
  return { kind, itemSize: checkItemSize(itemSize), littleEndian: order !== '>' };
}

/** Refuses elements of a size that no table of a model has. */
export function checkItemSize(itemSize: number): number {
  if (!(itemSize >= 0 && itemSize <= MAX_ITEM_SIZE)) broken(`a numpy dtype of ${itemSize} bytes`);
  return itemSize;
}

const PLAIN_SIZES: ReadonlyMap<string, readonly number[]> = new Map([
  ['b', [1]],
  ['i', [1, 2, 4, 8]],
  ['u', [1, 2, 4, 8]],
  ['f', [2, 4, 8]],
]);

/** Refuses a dtype whose elements have no meaning here: dates, complex and 80-bit numbers, raw memory. */
export function checkReadable(dtype: DType): void {
  if (dtype.fields) dtype.fields.forEach((field) => checkReadable(field.dtype));
  else if (!isReadable(dtype)) unsupported(`an array of numpy dtype ${typeName(dtype)}`);
}

function isReadable({ kind, itemSize }: DType): boolean {
  return kind === 'U' || kind === 'S' || kind === 'O' || (PLAIN_SIZES.get(kind)?.includes(itemSize) ?? false);
}

/** The code without its byte order: `f8`. */
export function typeName(dtype: DType): string {
  return `${dtype.kind}${dtype.itemSize}`;
}
