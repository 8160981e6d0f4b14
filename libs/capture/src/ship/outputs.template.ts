import type { Label } from '@app/core';
import { type Outputs, outputWidth } from '../capture.source.js';
import { type BsonWriter, type Key, keyOf } from './bson.writer.js';
import type { EntryRows } from './entry-rows.js';

/** Numbers of a prediction that have names of their own. */
interface Group {
  readonly key: Key;
  readonly keys: readonly Key[];
  /** Where the first of them stands among the numbers of a row. */
  readonly from: number;
}

const SCORE = keyOf('score');
const LABEL = keyOf('label');

/** Writes the predictions of rows. */
export class OutputsTemplate {
  readonly keys: readonly Key[];
  private readonly width: number;
  /** How many numbers the score is a list of; absent where it is a number. */
  private readonly scores: number | undefined;
  private readonly hasLabel: boolean;
  private readonly byClass: readonly Group[];

  constructor(outputs: Outputs) {
    const { scores, probabilities, decision, hasLabel } = outputs;
    this.width = outputWidth(outputs);
    this.scores = scores;
    this.hasLabel = hasLabel;
    const from = scores ?? 1;
    const named = [
      groupOf('probabilities', probabilities, from),
      groupOf('decision', decision, from + (probabilities?.length ?? 0)),
    ];
    this.byClass = named.filter((group) => group !== undefined);
    this.keys = [SCORE, LABEL, ...this.byClass.flatMap(({ key, keys }) => [key, ...keys])];
  }

  /** The prediction of a row, an element each of its parts. */
  writeRow(writer: BsonWriter, entry: EntryRows, row: number): void {
    this.writeScore(writer, SCORE, entry, row);
    if (this.hasLabel) writeLabel(writer, LABEL, entry.rest.labels![row]!);
    for (const { key, keys, from } of this.byClass)
      writer.document(key, () =>
        keys.forEach((one, i) => writer.numberOrNull(one, this.numberOf(entry, row, from + i))),
      );
  }

  /** The predictions of all rows, a list each of their parts. */
  writeColumns(writer: BsonWriter, entry: EntryRows): void {
    const { count, rest } = entry;
    if (this.scores === undefined) this.writeColumn(writer, SCORE, entry, 0);
    else writer.list(SCORE, count, (place, row) => this.writeScore(writer, place, entry, row));
    if (this.hasLabel) writer.list(LABEL, count, (place, row) => writeLabel(writer, place, rest.labels![row]!));
    for (const { key, keys, from } of this.byClass)
      writer.document(key, () => keys.forEach((one, i) => this.writeColumn(writer, one, entry, from + i)));
  }

  private writeScore(writer: BsonWriter, key: Key, entry: EntryRows, row: number): void {
    if (this.scores === undefined) return writer.numberOrNull(key, this.numberOf(entry, row, 0));
    writer.list(key, this.scores, (place, at) => writer.numberOrNull(place, this.numberOf(entry, row, at)));
  }

  private writeColumn(writer: BsonWriter, key: Key, entry: EntryRows, column: number): void {
    const { view, outputsAt, count } = entry;
    writer.numbers(key, count, { view, at: outputsAt + 8 * column, step: 8 * this.width });
  }

  private numberOf({ view, outputsAt }: EntryRows, row: number, column: number): number {
    return view.getFloat64(outputsAt + 8 * (row * this.width + column), true);
  }
}

function groupOf(name: string, names: readonly string[] | undefined, from: number): Group | undefined {
  return names && { key: keyOf(name), keys: names.map(keyOf), from };
}

function writeLabel(writer: BsonWriter, key: Key, label: Label): void {
  if (typeof label === 'string') writer.text(key, label);
  else if (typeof label === 'boolean') writer.boolean(key, label);
  else writer.number(key, label);
}
