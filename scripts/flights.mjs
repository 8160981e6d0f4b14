// Rows drawn from the committed statistics of the training data, feature by feature.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The statistics of a model's features: quantiles [share, value], texts [text, share], and the shares that are missing. */
export function statisticsOf(model) {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../models', model, 'statistics.json'), 'utf8'));
}

/** An endless source of rows of these features ({ name, type }); the same seed gives the same rows. */
export function rowSource(statistics, features, seed) {
  const uniform = random(seed);
  return () => Object.fromEntries(features.map((feature) => [feature.name, draw(statistics, feature, uniform)]));
}

export function isKnown({ quantiles, texts }, name) {
  return name in quantiles || name in texts;
}

function draw({ quantiles, texts, missing }, { name, type }, uniform) {
  if (name in texts) return drawText(texts[name], uniform());
  if (name in missing && uniform() < missing[name]) return null;
  return drawNumber(quantiles[name], type, uniform());
}

function drawText(shares, share) {
  let below = 0;
  return (shares.find(([, each]) => (below += each) >= share) ?? shares[0])[0];
}

// The inverse of the distribution, linear between its quantiles.
function drawNumber(points, type, share) {
  const above = points.findIndex(([at]) => at >= share);
  const [[fromAt, from], [toAt, to]] = [points[Math.max(above - 1, 0)], points[above]];
  const value = toAt === fromAt ? to : from + ((share - fromAt) / (toAt - fromAt)) * (to - from);
  return type === 'integer' ? Math.round(value) : Math.round(value * 100) / 100;
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
