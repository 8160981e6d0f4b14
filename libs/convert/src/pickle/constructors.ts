import { codecsEncode, makeBytes, makeSet } from './constructors/builtins.js';
import { makeOrderedDict, reconstructor } from './constructors/library.js';
import { fromBuffer, makeDType, makeScalar, reconstruct } from './constructors/numpy.js';
import type { Constructor } from './constructors/constructor.js';
import { PyDict } from './py-dict.js';

/** Every function that REDUCE may call, by path, with our own of the same meaning; Python 2 names come from protocols 0 to 2. */
export const CONSTRUCTORS: ReadonlyMap<string, Constructor> = new Map<string, Constructor>([
  ['_codecs.encode', codecsEncode],
  ...inEach(['builtins', '__builtin__'], 'bytes', makeBytes),
  ...inEach(['builtins', '__builtin__'], 'bytearray', makeBytes),
  ...inEach(['builtins', '__builtin__'], 'set', makeSet),
  ...inEach(['builtins', '__builtin__'], 'frozenset', makeSet),

  ['collections.OrderedDict', makeOrderedDict],
  ['collections.defaultdict', () => new PyDict()],
  ...inEach(['copyreg', 'copy_reg'], '_reconstructor', reconstructor),

  ['numpy.dtype', makeDType],
  // numpy 2 renamed numpy.core to numpy._core.
  ...inEach(['numpy.core.multiarray', 'numpy._core.multiarray'], '_reconstruct', reconstruct),
  ...inEach(['numpy.core.multiarray', 'numpy._core.multiarray'], 'scalar', makeScalar),
  ...inEach(['numpy.core.numeric', 'numpy._core.numeric'], '_frombuffer', fromBuffer),
]);

function inEach(modules: readonly string[], name: string, constructor: Constructor): [string, Constructor][] {
  return modules.map((module) => [`${module}.${name}`, constructor]);
}
