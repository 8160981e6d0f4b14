import { MISSING_TEXT } from '@app/core';
import type { Source } from '../capture.source.js';
import { type BsonWriter, type Key, keyOf } from './bson.writer.js';
import type { EntryRows } from './entry-rows.js';

interface Column {
  readonly key: Key;
  readonly type: Source['columns'][number][1];
  /** Its place in a row. */
  readonly index: number;
  /** Its place among the texts of a row. */
  readonly textIndex: number;
}

/** Writes the features of a row. */
export class FeaturesTemplate {
  readonly keys: readonly Key[];
  private readonly columns: readonly Column[];
  private readonly width: number;
  private readonly textsPerRow: number;

  constructor(columns: Source['columns']) {
    this.columns = inOrderOfKeys(columns);
    this.keys = this.columns.map(({ key }) => key);
    this.width = columns.length;
    this.textsPerRow = columns.filter(isText).length;
  }

  write(writer: BsonWriter, { view, featuresAt, rest }: EntryRows, row: number): void {
    const rowAt = featuresAt + 8 * row * this.width;
    for (const { key, type, index, textIndex } of this.columns) {
      if (type === 'string') writeText(writer, key, rest.texts![row * this.textsPerRow + textIndex]!);
      else writeValue(writer, key, type, view.getFloat64(rowAt + 8 * index, true));
    }
  }
}

// What was missing is null again, as it came.
function writeText(writer: BsonWriter, key: Key, text: string): void {
  if (text === MISSING_TEXT) writer.null(key);
  else writer.text(key, text);
}

function writeValue(writer: BsonWriter, key: Key, type: Column['type'], value: number): void {
  if (Number.isNaN(value)) writer.null(key);
  else if (type === 'boolean') writer.boolean(key, value === 1);
  else writer.number(key, value);
}

// An object has names that are whole numbers first, and so have documents that are made of objects.
function inOrderOfKeys(columns: Source['columns']): Column[] {
  const order = Object.entries(Object.fromEntries(columns.map(([name], index) => [name, index])));
  return order.map(([name, index]) => {
    const textIndex = columns.slice(0, index).filter(isText).length;
    return { key: keyOf(name), type: columns[index]![1], index, textIndex };
  });
}

function isText([, type]: Source['columns'][number]): boolean {
  return type === 'string';
}
