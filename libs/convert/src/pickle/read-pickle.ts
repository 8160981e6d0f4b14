import { ALLOWED_GLOBALS } from './allowed-globals.js';
import { ByteCursor } from './byte-cursor.js';
import { decompress, type Compression } from './decompress.js';
import { GlobalPolicy, type GlobalRole } from './global-policy.js';
import { ARRAY_WRAPPER } from './joblib-array.js';
import { Budget, DEFAULT_LIMITS, type PickleLimits } from './limits.js';
import { Machine } from './machine.js';
import { PickleFault } from './pickle-fault.js';
import { runPickle } from './run-pickle.js';
import type { PyValue } from './values.js';
import { walk } from './walk.js';

/** What a pickle or joblib file holds. */
export interface PickledFile {
  readonly root: PyValue;
  /** `joblib` where arrays stand beside the pickle, as only joblib writes them. */
  readonly container: 'pickle' | 'joblib';
  readonly compression: Compression;
  /** As the file states it; protocols 0 and 1 state none and are 0 here. */
  readonly protocol: number;
}

/** Reads a file as data: nothing in it is executed, imported or looked up by name. Throws `ConversionRefused`. */
export function readPickle(bytes: Uint8Array, limits: Partial<PickleLimits> = {}): PickledFile {
  return readAllowing(ALLOWED_GLOBALS, bytes, limits);
}

/** The same for another list of allowed globals. */
export function readAllowing(
  allowed: ReadonlyMap<string, GlobalRole>,
  bytes: Uint8Array,
  limits: Partial<PickleLimits> = {},
): PickledFile {
  const budget = new Budget({ ...DEFAULT_LIMITS, ...limits });
  const { compression, stream } = decompress(bytes, budget.limits.maxBytes);
  budget.checkTime();
  return { compression, ...readStream(stream, budget, new GlobalPolicy(allowed)) };
}

function readStream(stream: Uint8Array, budget: Budget, globals: GlobalPolicy): Omit<PickledFile, 'compression'> {
  const input = new ByteCursor(new Uint8Array(stream.buffer, stream.byteOffset, stream.byteLength));
  const machine = new Machine({ input, budget, globals, run: runPickle });
  const root = locatingFaults(input, () => runPickle(machine));
  walk(root, budget.limits.maxNesting);
  return { root, container: globals.hasAdmitted(ARRAY_WRAPPER) ? 'joblib' : 'pickle', protocol: machine.protocol };
}

function locatingFaults<T>(input: ByteCursor, read: () => T): T {
  try {
    return read();
  } catch (fault) {
    throw fault instanceof PickleFault ? fault.at(input.opcodeOffset) : fault;
  }
}
