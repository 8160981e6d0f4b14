import type { Prediction } from '@app/core';

/** The text of an answer and its type. */
export interface InvocationAnswer {
  readonly type: string;
  readonly text: string;
}

/** Writes the scores in the form that is asked for; JSON where none of ours is. */
export function writeInvocation(accept: string | undefined, predictions: readonly Prediction[]): InvocationAnswer {
  const scores = predictions.map(({ score }) => score);
  const wanted = (accept ?? '').split(',').map((type) => type.split(';')[0]!.trim().toLowerCase());
  const type = wanted.find((name) => WRITERS.has(name) || /^(application\/json|\*\/\*)$/.test(name)) ?? '';
  const write = WRITERS.get(type);
  return write ? { type, text: write(scores) } : { type: 'application/json', text: asJson(scores) };
}

type Scores = readonly Prediction['score'][];

const WRITERS = new Map<string, (scores: Scores) => string>([
  ['text/csv', (scores) => linesOf(scores, String)],
  ['application/jsonlines', (scores) => linesOf(scores, asScore)],
  ['application/x-jsonlines', (scores) => linesOf(scores, asScore)],
]);

function asJson(scores: Scores): string {
  return JSON.stringify({ predictions: scores });
}

function asScore(score: Prediction['score']): string {
  return JSON.stringify({ score });
}

function linesOf(scores: Scores, write: (score: Prediction['score']) => string): string {
  return scores.map((score) => `${write(score)}\n`).join('');
}
