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

type Cell = number | string;

/** Writes the features of rows. */
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

  /** The features of a row, an element each. */
  writeRow(writer: BsonWriter, entry: EntryRows, row: number): void {
    for (const column of this.columns) writeCell(writer, column.key, column.type, this.cellOf(entry, column, row));
  }

  /** The features of all rows, a list each. */
  writeColumns(writer: BsonWriter, entry: EntryRows): void {
    for (const column of this.columns) this.writeColumn(writer, entry, column);
  }

  private writeColumn(writer: BsonWriter, entry: EntryRows, column: Column): void {
    const { key, type, index } = column;
    const doubles = { view: entry.view, at: entry.featuresAt + 8 * index, step: 8 * this.width };
    if (type === 'double' || type === 'integer') return writer.numbers(key, entry.count, doubles);
    writer.list(key, entry.count, (place, row) => writeCell(writer, place, type, this.cellOf(entry, column, row)));
  }

  private cellOf({ view, featuresAt, rest }: EntryRows, { type, index, textIndex }: Column, row: number): Cell {
    if (type === 'string') return rest.texts![row * this.textsPerRow + textIndex]!;
    return view.getFloat64(featuresAt + 8 * (row * this.width + index), true);
  }
}

// What was missing is null again, as it came.
function writeCell(writer: BsonWriter, key: Key, type: Column['type'], cell: Cell): void {
  if (typeof cell === 'string') writeText(writer, key, cell);
  else if (type === 'boolean' && !Number.isNaN(cell)) writer.boolean(key, cell === 1);
  else writer.numberOrNull(key, cell);
}

function writeText(writer: BsonWriter, key: Key, text: string): void {
  if (text === MISSING_TEXT) writer.null(key);
  else writer.text(key, text);
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
