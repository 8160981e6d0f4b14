// What is sent: flights drawn with a seed, as lines of JSON.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rowSource, statisticsOf } from '../scripts/flights.mjs';

const SEED = 20130101;
const SIGNATURE = join(import.meta.dirname, '../models/flight-delay/1/model.json');

/** Name and type of each feature, in the model's order. */
export const FEATURES = JSON.parse(readFileSync(SIGNATURE, 'utf8')).features.map(({ name, type }) => ({ name, type }));

/** Flights, each another one; the same ones at every call. */
export function flights(count) {
  const next = rowSource(statisticsOf('flight-delay'), FEATURES, SEED);
  return Array.from({ length: count }, next);
}

/** Bodies of requests with one row each. */
export function singleBodies(count) {
  return flights(count).map((flight) => JSON.stringify(flight));
}

/** Bodies of requests with many rows each; `shape` turns rows into what a route takes. */
export function batchBodies(count, rows, shape) {
  const all = flights(count * rows);
  return Array.from({ length: count }, (_, i) => JSON.stringify(shape(all.slice(i * rows, (i + 1) * rows))));
}
