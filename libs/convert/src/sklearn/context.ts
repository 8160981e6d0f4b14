import { className, PyObject, type PyValue } from '../pickle/index.js';
import { tooComplex, unreadable, unsupported } from '../trees/index.js';
import { isPassthrough, passthrough } from './compose/passthrough.js';
import type { ConversionContext, TableModel, Transformer } from './converter.js';
import { MODELS, TRANSFORMERS } from './registry.js';

const MAX_NESTING = 60;
// A file can name one object many times, so few bytes could ask for endless work.
const MAX_ESTIMATORS = 20_000;

/** One conversion: what is being converted, and what the uploader will be told. */
export class Conversion implements ConversionContext {
  readonly #open = new Set<PyObject>();
  readonly #warnings = new Set<string>();
  #estimators = 0;

  constructor(readonly version: string | undefined) {}

  get warnings(): readonly string[] {
    return [...this.#warnings];
  }

  warn(text: string): void {
    this.#warnings.add(text);
  }

  model(value: PyValue): TableModel {
    const convert = MODELS.get(className(value));
    if (!(value instanceof PyObject) || !convert) return unknown(value, 'model');
    return this.#within(value, () => withInputs(value, convert(value, this)));
  }

  transformer(value: PyValue): Transformer {
    if (isPassthrough(value)) return passthrough;
    const convert = TRANSFORMERS.get(className(value));
    if (!(value instanceof PyObject) || !convert) return unknown(value, 'transformer');
    return this.#within(value, () => withInputs(value, convert(value, this)));
  }

  #within<T>(object: PyObject, convert: () => T): T {
    if (this.#open.has(object)) unreadable(`${className(object)} contains itself`);
    if (this.#open.size >= MAX_NESTING) tooComplex(`estimators nested more than ${MAX_NESTING} levels deep`);
    if (++this.#estimators > MAX_ESTIMATORS) tooComplex(`more than ${MAX_ESTIMATORS} estimators in one model`);
    this.#open.add(object);
    const converted = convert();
    this.#open.delete(object);
    return converted;
  }
}

const EXPORT = 'Export it with skl2onnx and upload the .onnx';

function unknown(value: PyValue, role: 'model' | 'transformer'): never {
  const name = className(value);
  return unsupported(
    value instanceof PyObject ? `${name} is not supported as a ${role}` : `${name} is no ${role}`,
    EXPORT,
  );
}

/** Refuses where the object says that it takes another number of columns than its parameters do. */
function withInputs<T extends TableModel | Transformer>(object: PyObject, converted: T): T {
  const stated = object.get('n_features_in_');
  const { inputs } = converted;
  if (inputs === 0) unreadable(`${className(object)} takes no columns`);
  if (typeof stated === 'number' && inputs !== undefined && inputs !== stated) {
    unreadable(`${className(object)} is for ${stated} features, its parameters for ${inputs}`);
  }
  return converted;
}
