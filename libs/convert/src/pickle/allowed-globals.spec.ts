import { ConversionRefused } from '../conversion-refused.js';
import { ALLOWED_GLOBALS } from './allowed-globals.js';
import { global, handMade, text } from './hand-made-pickle.js';
import { readPickle } from './read-pickle.js';

const call = (callee: Uint8Array) => handMade(callee, text('x'), 0x85, 'R.');
const stackGlobal = (module: string, name: string) => handMade(text(module), text(name), 0x93);

describe('names in a file', () => {
  it.each([
    ['posix.system', global('posix', 'system')],
    ['builtins.eval', global('builtins', 'eval')],
    ['__builtin__.getattr', global('__builtin__', 'getattr')],
    ['sklearn.os.system', stackGlobal('sklearn', 'os.system')],
    ['numpy.core.multiarray.scalar', stackGlobal('numpy', 'core.multiarray.scalar')],
    ['sklearn.datasets._base.load_files', global('sklearn.datasets._base', 'load_files')],
    ['numpy.testing._private.utils.runstring', global('numpy.testing._private.utils', 'runstring')],
    ['joblib.numpy_pickle.load', global('joblib.numpy_pickle', 'load')],
    ['numpy.load', global('numpy', 'load')],
    ['__proto__.constructor', global('__proto__', 'constructor')],
    ['constructor.constructor', global('constructor', 'constructor')],
  ])('are refused if they are not listed: %s', (path, callee) => {
    expect(() => readPickle(call(callee))).toThrow(`the file needs "${path}"`);
    expect(() => readPickle(call(callee))).toThrow(expect.objectContaining({ code: 'MODEL_NOT_SUPPORTED' }));
  });

  it('are refused with what could stand there, where they are functions of numpy', () => {
    const clip = global('numpy', 'clip');
    expect(() => readPickle(call(clip))).toThrow(/"numpy\.clip".* with one of log, log1p/);
  });

  it.each([
    ['builtins.int', global('builtins', 'int')],
    ['numpy.ndarray', global('numpy', 'ndarray')],
    ['numpy.log1p', global('numpy', 'log1p')],
  ])('may be mentioned and not called: %s', (path, callee) => {
    expect(readPickle(handMade(callee, '.')).root).toMatchObject({ path });
    expect(() => readPickle(call(callee))).toThrow(`the file calls ${path} (at byte `);
    expect(() => readPickle(handMade(callee, ')', 0x81, '.'))).toThrow(ConversionRefused);
  });

  it('have exactly one role each, and no dots within', () => {
    expect(ALLOWED_GLOBALS.get('sklearn.svm._classes.SVR')).toBe('record');
    expect(ALLOWED_GLOBALS.get('numpy.float64')).toBe('token');
    expect(ALLOWED_GLOBALS.get('numpy._core.multiarray._reconstruct')).toBe('constructor');
    for (const path of ALLOWED_GLOBALS.keys()) expect(path).toMatch(/^[A-Za-z_][\w.]*\.\w+$/);
  });
});
