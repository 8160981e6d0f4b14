import type { Label } from '@app/core';
import { type Outputs, outputWidth } from '../capture.source.js';
import { type BsonWriter, DOCUMENT, type Key, keyOf, LIST } from './bson.writer.js';
import type { EntryRows } from './entry-rows.js';

/** Numbers of a prediction that have names, or places, of their own. */
interface Group {
  readonly type: number;
  readonly key: Key;
  readonly keys: readonly Key[];
}

const SCORE = keyOf('score');
const LABEL = keyOf('label');

/** Writes the prediction of a row. */
export class OutputsTemplate {
  readonly keys: readonly Key[];
  private readonly width: number;
  private readonly scores: Group | undefined;
  private readonly byClass: readonly Group[];
  private readonly hasLabel: boolean;

  constructor(outputs: Outputs) {
    const { scores, probabilities, decision, hasLabel } = outputs;
    this.width = outputWidth(outputs);
    this.hasLabel = hasLabel;
    this.scores = groupOf(LIST, 'score', scores === undefined ? undefined : placesOf(scores));
    const byClass = [groupOf(DOCUMENT, 'probabilities', probabilities), groupOf(DOCUMENT, 'decision', decision)];
    this.byClass = byClass.filter((group) => group !== undefined);
    const groups = this.scores ? [this.scores, ...this.byClass] : this.byClass;
    this.keys = [SCORE, LABEL, ...groups.flatMap(({ key, keys }) => [key, ...keys])];
  }

  write(writer: BsonWriter, { view, outputsAt, rest }: EntryRows, row: number): void {
    let at = outputsAt + 8 * row * this.width;
    if (this.scores) at = writeGroup(writer, this.scores, view, at);
    else at = writeOutput(writer, SCORE, view, at);
    if (this.hasLabel) writeLabel(writer, rest.labels![row]!);
    for (const group of this.byClass) at = writeGroup(writer, group, view, at);
  }
}

function groupOf(type: number, name: string, names: readonly string[] | undefined): Group | undefined {
  return names && { type, key: keyOf(name), keys: names.map(keyOf) };
}

// A list has its places for names.
function placesOf(count: number): string[] {
  return Array.from({ length: count }, (_, place) => String(place));
}

function writeGroup(writer: BsonWriter, { type, key, keys }: Group, view: DataView, from: number): number {
  let at = from;
  writer.element(type, key);
  const began = writer.begin();
  for (const one of keys) at = writeOutput(writer, one, view, at);
  writer.end(began);
  return at;
}

// NaN stands for null, which the scores of a transformer may hold.
function writeOutput(writer: BsonWriter, key: Key, view: DataView, at: number): number {
  const value = view.getFloat64(at, true);
  if (Number.isNaN(value)) writer.null(key);
  else writer.number(key, value);
  return at + 8;
}

function writeLabel(writer: BsonWriter, label: Label): void {
  if (typeof label === 'string') writer.text(LABEL, label);
  else if (typeof label === 'boolean') writer.boolean(LABEL, label);
  else writer.number(LABEL, label);
}
