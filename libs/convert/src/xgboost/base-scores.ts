import { unreadable } from '../trees/index.js';
import { textOf, type Members } from './document.js';

/** `base_score` of each output as float32: one number, or in 3.1 and newer a list such as `[5E-1]`. */
export function readBaseScores(parameters: Members, width: number): Float64Array {
  const text = textOf(parameters, 'base_score');
  const words = text.replace(/^\[|\]$/g, '').split(',');
  const scores = words.map((word) => Math.fround(word.trim() === '' ? NaN : Number(word)));
  if (!scores.every(Number.isFinite) || (scores.length !== 1 && scores.length !== width)) {
    unreadable(`base_score of the XGBoost model is ${JSON.stringify(text.slice(0, 60))}`);
  }
  return Float64Array.from({ length: width }, (_, i) => scores[i] ?? scores[0]);
}
