import { CONVERTED_UFUNCS } from './globals/python.js';
import { quoted, unsupported } from './pickle-fault.js';
import { PyGlobal } from './values.js';

/**
 * What a file may do with a name: `record`, have instances of it, which become PyObjects; `constructor`, have it called, which is our
 * own function of the same meaning; `token`, only mention it.
 */
export type GlobalRole = 'record' | 'constructor' | 'token';

/** Decides by exact name which classes and functions a file may mention, and remembers which it did. */
export class GlobalPolicy {
  readonly #admitted = new Map<string, PyGlobal>();

  /** `allowed` maps paths (module.name) to what they may be used for. */
  constructor(private readonly allowed: ReadonlyMap<string, GlobalRole>) {}

  admit(module: string, name: string): PyGlobal {
    const path = `${module}.${name}`;
    // A dot in the name would reach through a listed module into another: STACK_GLOBAL 'sklearn', 'os.system'.
    if (name.includes('.') || !this.allowed.has(path)) refuseGlobal(path);
    const global = this.#admitted.get(path) ?? new PyGlobal(module, name);
    this.#admitted.set(path, global);
    return global;
  }

  /** Whether the file mentioned the path. */
  hasAdmitted(path: string): boolean {
    return this.#admitted.has(path);
  }

  roleOf(global: PyGlobal): GlobalRole | undefined {
    return this.allowed.get(global.path);
  }
}

function refuseGlobal(path: string): never {
  if (/^numpy\.[a-z0-9_]+$/.test(path)) {
    const advice = `Do that step before the request, or with one of ${CONVERTED_UFUNCS.join(', ')}`;
    unsupported(`the file needs ${quoted(path)}, which is none of the functions of numpy that are converted`, advice);
  }
  unsupported(`the file needs ${quoted(path)}, which is not a class of a known model`);
}
