import { MISSING_TEXT, type Feature, type InputTensor, type Rows } from '@app/core';
import { Tensor } from 'onnxruntime-node';
import type { Converted } from '../../../libs/convert/src/converted.js';
import type { Cell, Inputs } from './corpus.js';

/** Rows that the signature does not take: a request would be refused. */
export class RowsRefused extends Error {}

/** Rows as a request is encoded. */
export function encodeRows(
  { signature, namesFrom }: Pick<Converted, 'signature' | 'namesFrom'>,
  { columns, rows }: Inputs,
): Rows {
  const { features } = signature;
  const places = features.map(({ name }, i) => (columns && namesFrom === 'file' ? columns.indexOf(name) : i));
  const cells = rows.flatMap((row) => places.map((place, i) => checked(row[place], features[i])));
  return {
    count: rows.length,
    width: features.length,
    numbers: Float64Array.from(cells, (cell) => (cell === null || typeof cell === 'string' ? NaN : Number(cell))),
    texts: cells.map((cell) => (typeof cell === 'string' ? cell : MISSING_TEXT)),
  };
}

function checked(cell: Cell | undefined, { name, type, nullable, categories }: Feature): Cell {
  if (cell === undefined) throw new RowsRefused(`no value for ${name}`);
  if (cell === null && !nullable) throw new RowsRefused(`${name} is not nullable`);
  if (cell !== null && (typeof cell === 'string') !== (type === 'string')) throw new RowsRefused(`${name} is ${type}`);
  const known = categories?.map((category) => (typeof category === 'string' ? category : Number(category)));
  if (cell !== null && known && !known.includes(typeof cell === 'boolean' ? Number(cell) : cell))
    throw new RowsRefused(`${name} takes no ${cell}`);
  return cell;
}

/** The columns of rows that an input takes. */
export function tensorOf({ type, features }: InputTensor, { count, width, numbers, texts }: Rows): Tensor {
  const places = Array.from({ length: count }, (_, row) => features.map((feature) => row * width + feature)).flat();
  const dims = [count, features.length];
  if (type === 'string') {
    const column = places.map((place) => texts[place]);
    return new Tensor('string', column, dims);
  }
  const column = Float64Array.from(places, (place) => numbers[place]);
  return new Tensor('float64', column, dims);
}
