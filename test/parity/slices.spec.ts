// Where ONNX Runtime takes several numbers at a time, those at the end of a run are rounded otherwise (docs/decisions/0007).
import { readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Feature, Rows, Signature } from '@app/core';
import { OnnxRuntime } from '@app/runtime';
import { convert } from '../../libs/convert/src/convert.js';
import type { Converted } from '../../libs/convert/src/index.js';
import { EVEN_ROWS, slicesOf } from '../../libs/runtime/src/slices.js';

const FIXTURES = resolve(import.meta.dirname, '../../libs/convert/fixtures');
const FILES = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(pkl|joblib|txt|ubj)$/.test(name),
);
const COUNT = 5 * EVEN_ROWS + 7;

// Some fixtures are there to be refused.
function converted(file: string): Converted[] {
  try {
    return [convert(readFileSync(`${FIXTURES}/${file}`), basename(file))];
  } catch {
    return [];
  }
}

function rowsOf({ features }: Signature): Rows {
  const cells = Array.from({ length: COUNT }, (_, row) =>
    features.map((feature, column) => cellOf(feature, row, column)),
  ).flat();
  const isText = features.some(({ type }) => type === 'string');
  return {
    count: COUNT,
    width: features.length,
    numbers: Float64Array.from(cells, (cell) => (typeof cell === 'string' ? NaN : cell)),
    texts: isText ? cells.map((cell) => (typeof cell === 'string' ? cell : '')) : [],
  };
}

// No two rows alike, numbers of either sign.
function cellOf({ type, categories }: Feature, row: number, column: number): number | string {
  const mixed = (row * 7919 + column * 104_729) % 1009;
  const category = categories?.[mixed % categories.length];
  if (type === 'string') return String(category ?? 'a');
  if (category !== undefined) return Number(category);
  return type === 'double' ? (mixed - 504) / 163 : mixed % 2;
}

// Undefined where the model has no answer to one of the rows.
async function answers({ onnx, signature, wiring }: Converted, rows: Rows) {
  const runtime = await OnnxRuntime.load({ onnx, signature, wiring });
  try {
    const slices = [...slicesOf(rows, () => EVEN_ROWS)];
    return { whole: runtime.score(rows), sliced: slices.flatMap((slice) => runtime.score(slice)) };
  } catch {
    return undefined;
  } finally {
    await runtime.release();
  }
}

describe('rows cut into slices', () => {
  it('are scored as in the whole, to the last bit, by models of every kind', async () => {
    let models = 0;
    const others: string[] = [];
    for (const file of FILES)
      for (const model of converted(file)) {
        const found = await answers(model, rowsOf(model.signature));
        if (!found) continue;
        models++;
        if (JSON.stringify(found.whole) !== JSON.stringify(found.sliced)) others.push(file);
      }
    expect(models).toBeGreaterThan(300);
    expect(others).toEqual([]);
  });
});
