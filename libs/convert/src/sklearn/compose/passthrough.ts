import type { PyValue } from '../../pickle/index.js';
import type { Transformer } from '../converter.js';

/** Gives what it takes. */
export const passthrough: Transformer = {
  inputs: undefined,
  outputs: undefined,
  transform: (_, table) => table,
};

/** Whether a step of a pipeline or union does nothing. */
export function isPassthrough(value: PyValue): boolean {
  return value === null || value === 'passthrough';
}
