import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import {
  attribute,
  className,
  CONVERTED_UFUNCS,
  optionalBooleanOf,
  optionalIntegerOf,
  PyDict,
  PyGlobal,
  PyObject,
  type PyValue,
} from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import { numbersNeeded } from '../column-needs.js';
import { passthrough } from '../compose/passthrough.js';
import type { Transformer } from '../converter.js';
import { checkedTable } from '../unchecked-rows.js';
import { matrixTransformer } from './matrix-transformer.js';
import { expm1, log1p } from './near-zero.js';

type Elementwise = (g: GraphBuilder, x: Value) => Value;

const UFUNCS: Readonly<Record<(typeof CONVERTED_UFUNCS)[number], Elementwise>> = {
  log: (g, x) => g.log(x),
  log1p,
  exp: (g, x) => g.exp(x),
  expm1,
  sqrt: (g, x) => g.sqrt(x),
  square: (g, x) => g.mul(x, x),
  absolute: (g, x) => g.abs(x),
};

/** A function of numpy, or none at all; any other function is code, which is never run. */
export function convertFunctionTransformer(object: PyObject): Transformer {
  const inputs = optionalIntegerOf(object, 'n_features_in_');
  const missing = optionalBooleanOf(object, 'validate') ? 'refused' : 'passed';
  const func = attribute(object, 'func');
  const back = attribute(object, 'inverse_func');
  if (isNothing(func)) {
    const step = missing === 'refused' ? checkOnly(inputs) : { ...passthrough, inputs };
    return { ...step, ...(isNothing(back) && { inverse: (_, table) => table }) };
  }
  const given = argumentsOf(object, 'kw_args');
  if (given !== '') unsupported(`FunctionTransformer with kw_args (${given})`);
  const inverse = argumentsOf(object, 'inv_kw_args') === '' ? functionOf(back) : undefined;
  const apply = functionOf(func) ?? refused(func);
  const isPartial = apply !== UFUNCS.absolute;
  const takesAnything = missing === 'passed';
  return matrixTransformer({ inputs, missing, takesAnything, isPartial, apply, ...(inverse && { inverse }) });
}

/** Gives what it takes, if that is numbers. */
function checkOnly(inputs: number | undefined): Transformer {
  const needs = inputs !== undefined && { needs: numbersNeeded(inputs, 'refused') };
  return { ...passthrough, inputs, ...needs, transform: (g, table) => checkedTable(g, table, 'refused') };
}

/** The names of the arguments that a function is given beside X. */
function argumentsOf(object: PyObject, name: 'kw_args' | 'inv_kw_args'): string {
  const given = object.get(name) ?? null;
  if (given === null) return '';
  if (!(given instanceof PyDict)) return unreadable(`${name} that are no dict`);
  const names = [...given.keys()].map((key) => (typeof key === 'string' ? key : className(key)));
  return names.join().slice(0, 40);
}

function refused(value: PyValue): never {
  const name = ufuncName(value);
  if (name === undefined) return unsupported('FunctionTransformer with a function of its own');
  const advice = `Do that step before the request, or with one of ${CONVERTED_UFUNCS.join(', ')}`;
  return unsupported(`FunctionTransformer with numpy.${name.slice(0, 40)}, which is not converted`, advice);
}

function functionOf(value: PyValue): Elementwise | undefined {
  const name = CONVERTED_UFUNCS.find((known) => known === ufuncName(value));
  return name && UFUNCS[name];
}

function isNothing(value: PyValue): boolean {
  return value === null || isCheckOnly(value);
}

/** `partial(check_array, …)`, which HistGradientBoosting puts where columns pass through. */
function isCheckOnly(value: PyValue): boolean {
  if (!(value instanceof PyObject) || value.type.path !== 'functools.partial') return false;
  const [called] = value.args;
  return called instanceof PyGlobal && called.path === 'sklearn.utils.validation.check_array';
}

/** numpy pickles a ufunc as its name, or by a function that looks the name up. */
function ufuncName(value: PyValue): string | undefined {
  if (value instanceof PyGlobal) return value.module.startsWith('numpy') ? value.name : undefined;
  if (!(value instanceof PyObject) || value.type.name !== '_ufunc_reconstruct') return undefined;
  const name = value.args[1];
  return typeof name === 'string' ? name : undefined;
}
