import type { Rows, Signature } from '@app/core';

/** As many rows as asked for, all of them the example that a signature gives. */
export function exampleRows({ features }: Signature, count: number): Rows {
  const values = features.map(({ example, range, categories }) => example ?? range?.min ?? categories?.[0] ?? 0);
  const rows = Array.from({ length: count }, () => values).flat();
  const isText = features.some(({ type }) => type === 'string');
  return {
    count,
    width: features.length,
    numbers: Float64Array.from(rows, (value) => (typeof value === 'string' ? NaN : Number(value))),
    texts: isText ? rows.map((value) => (typeof value === 'string' ? value : '')) : [],
  };
}

/** As many rows as asked for, from the given ones, again and again. */
export function repeated({ count, width, numbers, texts }: Rows, wanted: number): Rows {
  const [length, period] = [wanted * width, count * width];
  return {
    count: wanted,
    width,
    numbers: Float64Array.from({ length }, (_, i) => numbers[i % period]!),
    texts: texts.length > 0 ? Array.from({ length }, (_, i) => texts[i % period]!) : [],
  };
}
