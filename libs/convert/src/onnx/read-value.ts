import type { TensorValue, Value, ValueType } from './model.js';
import { unreadable } from './refusals.js';
import type { WireReader } from './wire-reader.js';

const MAX_DIMENSIONS = 64;

const kinds: Readonly<Record<number, Exclude<ValueType['kind'], 'tensor' | 'untyped'>>> = {
  4: 'sequence',
  5: 'map',
  7: 'opaque',
  8: 'sparse tensor',
  9: 'optional',
};

/** Reads a ValueInfoProto. */
export function readValue(reader: WireReader): Value {
  let name = '';
  let type: ValueType | undefined;
  while (reader.next()) {
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 2) type = onlyOnce(type, readType(reader.message()));
    else reader.skip();
  }
  return { name, type: type ?? { kind: 'untyped' } };
}

function readType(reader: WireReader): ValueType {
  let type: ValueType | undefined;
  while (reader.next()) {
    const kind = kinds[reader.field];
    if (reader.field === 1) type = onlyOnce(type, readTensorType(reader.message()));
    else if (kind) type = onlyOnce(type, { kind });
    if (reader.field !== 1) reader.skip();
  }
  return type ?? { kind: 'untyped' };
}

function readTensorType(reader: WireReader): TensorValue {
  let elementType = 0;
  let shape: readonly (number | null)[] | undefined;
  while (reader.next()) {
    if (reader.field === 1) elementType = reader.int();
    else if (reader.field === 2) shape = onlyOnce(shape, readShape(reader.message()));
    else reader.skip();
  }
  return { kind: 'tensor', elementType, ...(shape && { shape }) };
}

function readShape(reader: WireReader): readonly (number | null)[] {
  const shape: (number | null)[] = [];
  while (reader.next()) {
    if (reader.field !== 1) reader.skip();
    else if (shape.length === MAX_DIMENSIONS)
      throw unreadable(`it has a tensor of more than ${MAX_DIMENSIONS} dimensions`);
    else shape.push(readDimension(reader.message()));
  }
  return shape;
}

/** Free where a dimension has a name, nothing, or -1, which some exporters write for it. */
function readDimension(reader: WireReader): number | null {
  let size: number | null = null;
  while (reader.next()) {
    if (reader.field === 1) size = reader.int();
    else reader.skip();
    if (reader.field === 2) size = null;
  }
  return size !== null && size < 0 ? null : size;
}

/** Protobuf would merge two messages into one; no exporter writes such. */
function onlyOnce<T>(before: T | undefined, now: T): T {
  if (before !== undefined) throw unreadable('it states a type twice');
  return now;
}
