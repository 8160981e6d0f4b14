// Flights drawn from the committed statistics of the training data, feature by feature.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const STATISTICS = join(import.meta.dirname, '../models/flight-delay/statistics.json');

/** Quantiles [share, value] of each feature in the training data. */
export const { quantiles } = JSON.parse(readFileSync(STATISTICS, 'utf8'));

/** An endless source of rows of these features ({ name, type }); the same seed gives the same rows. */
export function flightSource(features, seed) {
  const uniform = random(seed);
  return () => Object.fromEntries(features.map(({ name, type }) => [name, draw(quantiles[name], type, uniform())]));
}

// The inverse of the distribution, linear between its quantiles.
function draw(points, type, share) {
  const above = points.findIndex(([at]) => at >= share);
  const [[fromAt, from], [toAt, to]] = [points[Math.max(above - 1, 0)], points[above]];
  const value = toAt === fromAt ? to : from + ((share - fromAt) / (toAt - fromAt)) * (to - from);
  return type === 'integer' ? Math.round(value) : Math.round(value * 10) / 10;
}

// A small generator (mulberry32).
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
