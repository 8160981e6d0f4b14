import type { Prediction } from '@app/core';
import type { CapturedColumn, CapturedRows } from './captured-rows.js';
import type { CaptureRole } from './data-capture.schema.js';

/** The form of what is written here: rows of one entry may become one document, a block. */
export const ENTRY_FORM = 3;

/**
 * The form of an earlier release, the same but that each row is a document: some of an entry's may be in the database
 * already. Still older ones begin with a length that is never so small (see older-entry.ts).
 */
export const ROWS_FORM = 2;

/** Bytes in front of the text of a source: the form and the length of the text, both little-endian unsigned 32-bit. */
export const SOURCE_AT = 8;

/** The numbers of a prediction, in the order in which they are written: the scores, then those of the classes. */
export interface Outputs {
  /** How many numbers the score has; absent where it is one number and no array. */
  readonly scores?: number | undefined;
  readonly hasLabel: boolean;
  readonly probabilities?: readonly string[] | undefined;
  readonly decision?: readonly string[] | undefined;
}

/** What rows of a version have in common: it stands once before them. */
export interface Source {
  readonly model: string;
  readonly version: number;
  readonly role: CaptureRole;
  readonly columns: readonly (readonly [name: string, type: CapturedColumn['type']])[];
  /** Absent where predictions differ in their form: then they are written as JSON. */
  readonly outputs?: Outputs | undefined;
}

/** A source as it was when its first rows came, and its bytes. */
export interface WrittenSource extends Source {
  readonly head: Uint8Array;
}

/** The sources of what is captured, each made once. */
export class Sources {
  private readonly known = new WeakMap<readonly CapturedColumn[], WrittenSource[]>();

  /** The source of these rows: one with the form of all their predictions, else one without. */
  of(captured: CapturedRows): WrittenSource {
    const known = this.knownFor(captured.columns);
    return known.find((source) => isSourceOf(source, captured)) ?? remember(known, captured);
  }

  private knownFor(columns: readonly CapturedColumn[]): WrittenSource[] {
    let known = this.known.get(columns);
    if (!known) this.known.set(columns, (known = []));
    return known;
  }
}

/** How many doubles the outputs of a row take. */
export function outputWidth({ scores = 1, probabilities = [], decision = [] }: Outputs): number {
  return scores + probabilities.length + decision.length;
}

function isSourceOf(source: Source, { model, version, role, predictions }: CapturedRows): boolean {
  if (source.version !== version || source.role !== role || source.model !== model) return false;
  return source.outputs ? haveForm(source.outputs, predictions) : !haveForm(formOf(predictions[0]!), predictions);
}

function remember(known: WrittenSource[], captured: CapturedRows): WrittenSource {
  const source = sourceOf(captured);
  const written = { ...source, head: headOf(source) };
  known.push(written);
  return written;
}

function sourceOf({ model, version, role, predictions, ...captured }: CapturedRows): Source {
  const columns = captured.columns.map(({ name, type }) => [name, type] as const);
  const outputs = formOf(predictions[0]!);
  return { model, version, role, columns, outputs: haveForm(outputs, predictions) ? outputs : undefined };
}

function headOf(source: Source): Uint8Array {
  const text = Buffer.from(JSON.stringify(source));
  const head = Buffer.alloc(SOURCE_AT + text.length);
  head.writeUInt32LE(ENTRY_FORM, 0);
  head.writeUInt32LE(text.length, 4);
  head.set(text, SOURCE_AT);
  return head;
}

function formOf({ score, label, probabilities, decision }: Prediction): Outputs {
  return {
    scores: scoresIn(score),
    hasLabel: label !== undefined,
    probabilities: probabilities && Object.keys(probabilities),
    decision: decision && Object.keys(decision),
  };
}

function haveForm(outputs: Outputs, predictions: readonly Prediction[]): boolean {
  for (const prediction of predictions) if (!hasForm(outputs, prediction)) return false;
  return true;
}

function hasForm(outputs: Outputs, { score, label, probabilities, decision }: Prediction): boolean {
  if (scoresIn(score) !== outputs.scores || (label !== undefined) !== outputs.hasLabel) return false;
  return areNamed(outputs.probabilities, probabilities) && areNamed(outputs.decision, decision);
}

function scoresIn(score: Prediction['score']): number | undefined {
  return typeof score === 'number' ? undefined : score.length;
}

function areNamed(names: readonly string[] | undefined, values: Prediction['decision']): boolean {
  if (names === undefined || values === undefined) return names === values;
  const found = Object.keys(values);
  return found.length === names.length && found.every((name, index) => name === names[index]);
}
