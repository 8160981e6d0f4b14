import type { SelfCheck } from '../converted.js';
import type { TableModel } from './converter.js';
import { rowCheckOf } from './row-check.js';

const ROWS = 200;
const TOLERANCE = 1e-9;

/** Rows and what the model makes of them without ONNX, where it can be computed so. */
export function selfCheckOf(model: TableModel): SelfCheck | undefined {
  const check = rowCheckOf(model);
  if (!check) return undefined;
  const numbers = check.checkRows(ROWS);
  const { score, probabilities, decision } = check.evaluate(numbers, ROWS);
  const expected = score ?? probabilities ?? decision;
  if (!expected) return undefined;
  const rows = { count: ROWS, width: model.inputs, numbers, texts: [] };
  return { rows, expected, outputsPerRow: expected.length / ROWS, relativeTolerance: TOLERANCE };
}
