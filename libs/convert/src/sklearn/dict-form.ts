import { className, PyDict, type PyValue } from '../pickle/index.js';
import { unsupported } from '../trees/index.js';
import { modelBehind } from './compose/pipeline.js';
import { withTarget } from './compose/transformed-target.js';
import type { ConversionContext, TableModel } from './converter.js';

const KEYS = ['x_scaler', 'model', 'y_scaler'] as const;

/** What the original service's own form holds. */
export type DictForm = Readonly<Record<(typeof KEYS)[number], PyValue>>;

/** The parts of a dict {x_scaler, model, y_scaler}; refuses any other keys. */
export function dictForm(dict: PyDict): DictForm {
  if (dict.size !== KEYS.length || !KEYS.every((key) => dict.has(key))) {
    unsupported(
      "Invalid model structure. Expected keys: 'x_scaler', 'model', 'y_scaler'",
      'Save a dict with exactly these keys, or the fitted estimator itself',
    );
  }
  const [scaler, model, target] = KEYS.map((key) => dict.get(key)!);
  return { x_scaler: scaler, model, y_scaler: target };
}

/** Scales x, predicts, and takes the prediction back through the scaler of y. */
export function convertDictForm(parts: DictForm, context: ConversionContext): TableModel {
  const scaler = context.transformer(parts.x_scaler);
  const model = modelBehind(scaler, context.model(parts.model));
  const what = `{x_scaler, model, y_scaler} with ${className(parts.model)}`;
  return withTarget(model, context.transformer(parts.y_scaler), what);
}
