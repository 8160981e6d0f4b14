import type { Constant } from './model.js';
import { notSupported } from './refusals.js';
import { decodeText, WireReader } from './wire-reader.js';

const MAX_DIMENSIONS = 64;
const INT32 = 6;
const INT64 = 7;
const EXTERNAL = 1;

/** Reads a TensorProto's head; refuses one whose numbers lie in another file. */
export function readTensor(reader: WireReader): Constant {
  let name = '';
  let elementType = 0;
  const shape: number[] = [];
  while (reader.next()) {
    if (reader.field === 1) reader.intsInto(shape, MAX_DIMENSIONS);
    else if (reader.field === 2) elementType = reader.int();
    else if (reader.field === 8) name = reader.text();
    else if (isExternal(reader)) throw externalData();
  }
  return { name, elementType, elementCount: shape.reduce((count, size) => count * size, 1), bytes: reader.bytes };
}

/** Reads through a SparseTensorProto: its two tensors must lie in the file, too. */
export function checkSparseTensor(reader: WireReader): void {
  while (reader.next()) {
    if (reader.field === 1 || reader.field === 2) readTensor(reader.message());
    else reader.skip();
  }
}

/** A constant's whole numbers; undefined for other element types and for more than `limit`. */
export function intsOf({ elementType, elementCount, bytes }: Constant, limit: number): readonly number[] | undefined {
  if ((elementType !== INT32 && elementType !== INT64) || elementCount > limit) return undefined;
  const ints: number[] = [];
  const reader = new WireReader(bytes);
  while (reader.next()) {
    if (reader.field === 5 || reader.field === 7) reader.intsInto(ints, limit);
    else if (reader.field === 9) ints.push(...rawInts(reader.payload(), elementType, limit));
    else reader.skip();
  }
  return ints.length === elementCount ? ints : undefined;
}

/** A constant's texts; undefined where there are none, or more than `limit`. */
export function textsOf({ elementCount, bytes }: Constant, limit: number): readonly string[] | undefined {
  if (elementCount > limit) return undefined;
  const texts: string[] = [];
  const reader = new WireReader(bytes);
  while (reader.next()) {
    if (reader.field === 6 && texts.length < limit) texts.push(decodeText(reader.payload()));
    else reader.skip();
  }
  return texts.length > 0 && texts.length === elementCount ? texts : undefined;
}

/** Consumes any other field; field 13 says where the numbers lie, field 14 whether that counts. */
function isExternal(reader: WireReader): boolean {
  if (reader.field === 14) return reader.int() === EXTERNAL;
  reader.skip();
  return reader.field === 13;
}

function rawInts(raw: Uint8Array, elementType: number, limit: number): number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const size = elementType === INT64 ? 8 : 4;
  const count = Math.min(Math.floor(raw.byteLength / size), limit);
  const read = (at: number) => (size === 8 ? Number(view.getBigInt64(at, true)) : view.getInt32(at, true));
  return Array.from({ length: count }, (_, i) => read(i * size));
}

function externalData() {
  const advice = 'save it as one file (onnx.save_model with save_as_external_data=False)';
  return notSupported('the ONNX model keeps its weights in another file', advice);
}
