import { ProtoWriter } from './proto-writer.js';
import { tensorMessage, type TensorContent } from './tensor.js';

/** An attribute of an operator: a whole number, a text, whole numbers of 0 and more, a `float` or a tensor. */
export type Attribute =
  number | string | readonly number[] | Int32Array | Uint8Array | { readonly float: number } | TensorContent;

/** Attributes by their names. */
export type Attributes = Readonly<Record<string, Attribute>>;

// AttributeProto.AttributeType
const FLOAT = 1;
const INT = 2;
const STRING = 3;
const TENSOR = 4;
const INTS = 7;

/** AttributeProto. */
export function attributeMessage(name: string, value: Attribute): ProtoWriter {
  const message = new ProtoWriter().text(1, name);
  if (typeof value === 'number') return message.int(3, value).int(20, INT);
  if (typeof value === 'string') return message.text(4, value).int(20, STRING);
  if (isNumbers(value)) return message.packedInts(8, value).int(20, INTS);
  if ('float' in value) return message.float(2, value.float).int(20, FLOAT);
  return message.message(5, tensorMessage(value)).int(20, TENSOR);
}

function isNumbers(value: object): value is readonly number[] | Int32Array | Uint8Array {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
