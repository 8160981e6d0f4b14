import type { NamesByModule } from './names-by-module.js';

/** Values of the standard library, numpy, scipy and pandas in which models keep settings and tables; none is ever made. */
export const PYTHON_RECORDS: NamesByModule = [
  ['builtins', 'range slice'],
  // Protocols 0 to 2 write the names of Python 2.
  ['__builtin__', 'slice xrange'],
  ['functools', 'partial'],
  ['joblib.numpy_pickle', 'NumpyArrayWrapper'],

  ['numpy.ma', 'MaskedArray'],
  ['numpy.ma.core', 'MaskedArray _mareconstruct'],
  ['numpy.core', '_ufunc_reconstruct'],
  ['numpy._core', '_ufunc_reconstruct'],
  // Random generators that an estimator was given: their state is data, and predicting does not need it.
  ['numpy.random._pickle', '__bit_generator_ctor __generator_ctor __randomstate_ctor'],
  ['numpy.random.bit_generator', 'SeedSequence __pyx_unpickle_SeedSequence'],
  ['numpy.random._mt19937', 'MT19937'],
  ['numpy.random._pcg64', 'PCG64 PCG64DXSM'],
  ['numpy.random._philox', 'Philox'],
  ['numpy.random._sfc64', 'SFC64'],

  // ColumnTransformer of 0.24 keeps the names of columns as an Index.
  ['pandas.core.indexes.base', 'Index _new_Index'],
  ['pandas.core.indexes.numeric', 'Float64Index Int64Index'],
  ['pandas.core.indexes.range', 'RangeIndex'],
  ['scipy.interpolate._bsplines', 'BSpline'],
  ['scipy.sparse.csr', 'csr_matrix'],
  ['scipy.sparse.csc', 'csc_matrix'],
  ['scipy.sparse._csr', 'csr_array csr_matrix'],
  ['scipy.sparse._csc', 'csc_array csc_matrix'],
];

/** The functions of numpy that a FunctionTransformer may have. */
export const CONVERTED_UFUNCS = ['log', 'log1p', 'exp', 'expm1', 'sqrt', 'square', 'absolute'] as const;

const OTHER_UFUNCS = 'arcsinh arctan cbrt cos exp2 log10 log2 negative reciprocal sign sin tanh';
const UFUNCS = `${CONVERTED_UFUNCS.join(' ')} ${OTHER_UFUNCS}`;

/** Types and functions that an estimator keeps as a setting: a dtype, the function of a FunctionTransformer. */
export const PYTHON_TOKENS: NamesByModule = [
  ['builtins', 'bool dict float int list object str tuple'],
  ['__builtin__', 'bool dict float int list long object str tuple unicode'],
  [
    'numpy',
    'ndarray number integer floating bool bool_ float16 float32 float64 int8 int16 int32 int64 object_ str_ uint8 uint16 uint32 uint64 intc longlong',
  ],
  ['numpy', UFUNCS],
  // A BSpline keeps how it makes arrays.
  ['scipy._lib.array_api_compat.numpy._aliases', 'asarray'],
  ['numpy.core._multiarray_umath', UFUNCS],
  ['numpy._core._multiarray_umath', UFUNCS],
];
