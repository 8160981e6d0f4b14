import { MAX_CLASSES } from '../limits.js';
import type { Node } from './model.js';
import { decodeText, WireReader } from './wire-reader.js';

/** Field numbers of AttributeProto. */
const TEXT = 4;
const TENSOR = 5;
const FLOATS = 7;
const INTS = 8;
const TEXTS = 9;

/** An attribute's whole numbers, empty without the attribute; refused beyond MAX_CLASSES. */
export function intsAttribute(node: Node, name: string): readonly number[] {
  const ints: number[] = [];
  forEachField(node, name, (reader) => (reader.field === INTS ? reader.intsInto(ints, MAX_CLASSES) : reader.skip()));
  return ints;
}

/** An attribute's texts, empty without the attribute. */
export function textsAttribute(node: Node, name: string): readonly string[] {
  const texts: string[] = [];
  forEachField(node, name, (reader) => {
    if (reader.field === TEXTS && texts.length <= MAX_CLASSES) texts.push(decodeText(reader.payload()));
    else reader.skip();
  });
  return texts;
}

/** A text attribute, '' without it. */
export function textAttribute(node: Node, name: string): string {
  let text = '';
  forEachField(node, name, (reader) => {
    if (reader.field === TEXT) text = decodeText(reader.payload());
    else reader.skip();
  });
  return text;
}

/** The TensorProto of an attribute, as the Constant operator has one. */
export function tensorAttribute(node: Node, name: string): WireReader | undefined {
  let tensor: WireReader | undefined;
  forEachField(node, name, (reader) => {
    if (reader.field === TENSOR) tensor = reader.message();
    else reader.skip();
  });
  return tensor;
}

/** Whether an attribute holds any floats. */
export function hasFloats(node: Node, name: string): boolean {
  let found = false;
  forEachField(node, name, (reader) => {
    found ||= reader.field === FLOATS;
    reader.skip();
  });
  return found;
}

/** Whether all floats of an attribute pass a test. */
export function everyFloat(node: Node, name: string, test: (value: number) => boolean): boolean {
  let passed = true;
  forEachField(node, name, (reader) => {
    if (reader.field === FLOATS) passed = reader.everyFloat(test) && passed;
    else reader.skip();
  });
  return passed;
}

function forEachField(node: Node, name: string, visit: (reader: WireReader) => void): void {
  const bytes = node.attributes.get(name);
  if (!bytes) return;
  const reader = new WireReader(bytes);
  while (reader.next()) visit(reader);
}
