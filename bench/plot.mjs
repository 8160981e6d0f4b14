// A line of numbers over time, as text.
import { median } from './statistics.mjs';

const WIDTH = 72;
const HEIGHT = 10;

/** Rows of text: each column is the median of its share of the values, from zero at the bottom to the highest. */
export function plot(values, unit) {
  const columns = columnsOf(values);
  const highest = Math.max(...columns);
  const lines = Array.from({ length: HEIGHT }, (_, row) => {
    const level = (highest * (HEIGHT - row - 0.5)) / HEIGHT;
    return columns.map((value) => (value >= level ? '█' : ' ')).join('');
  });
  const label = (text) => text.padStart(10);
  const labels = lines.map((_, row) =>
    label(row === 0 ? `${highest.toFixed(1)} ${unit}` : row === HEIGHT - 1 ? '0' : ''),
  );
  return lines.map((line, row) => `${labels[row]} │${line.trimEnd()}`).join('\n');
}

function columnsOf(values) {
  const width = Math.min(WIDTH, values.length);
  const start = (column) => Math.floor((column * values.length) / width);
  return Array.from({ length: width }, (_, column) => median(values.slice(start(column), start(column + 1))));
}
