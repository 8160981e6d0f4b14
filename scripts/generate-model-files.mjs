// Writes docs/model-files.md from the code and from test/parity/pickles/bounds.json; with --check only says whether it differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { acceptedEndings } from '../dist/libs/convert/src/index.js';
import { MAX_CLASSES, MAX_FEATURES } from '../dist/libs/convert/src/limits.js';
import { DEFAULT_LIMITS } from '../dist/libs/convert/src/pickle/limits.js';
import { MODELS, TRANSFORMERS } from '../dist/libs/convert/src/sklearn/registry.js';
import { SETTINGS } from '../dist/libs/platform/src/index.js';

const root = dirname(import.meta.dirname);
const page = 'docs/model-files.md';
const bounds = JSON.parse(read('test/parity/pickles/bounds.json'));

const LIBRARIES = { sklearn: 'scikit-learn', lightgbm: 'LightGBM', xgboost: 'XGBoost' };
const oldest = constant('libs/convert/src/sklearn/library-version.ts', 'OLDEST');
const newest = constant('libs/convert/src/sklearn/library-version.ts', 'NEWEST');

function text() {
  return `# Model files

What \`POST /model/load/\` takes, what it makes of it, what it refuses, and what an upload can and cannot do.
This page is generated (\`scripts/generate-model-files.mjs\`): classes and limits from the code, errors from \`test/parity\`.

## Files and versions

The name must end in ${acceptedEndings.map((ending) => `\`${ending}\``).join(', ')}. The ending
opens the door and decides nothing else: the format is found from the first bytes, so a joblib file named \`model.pkl\` is read
as what it is.

| format | what it is | known by |
|---|---|---|
| pickle | a fitted estimator, or the dict \`{x_scaler, model, y_scaler}\`; protocols 0 to 5, also from cloudpickle | its PROTO opcode, or the text of protocols 0 and 1 |
| joblib | the same by \`joblib.dump\`, uncompressed or with zlib or gzip | its compressor, or the array wrapper inside |
| lightgbm | \`Booster.save_model\` (text, format v3 or v4) | the first line \`tree\` |
| xgboost | \`save_model\` as JSON or UBJSON | \`{\` and a first key that XGBoost writes |
| onnx | one graph in one file, that takes rows of a table | a tag of ModelProto |

| library | releases | older | newer |
|---|---|---|---|
| scikit-learn | ${oldest} to ${newest} | refused | read, with a warning in the answer; refused where a class is not known, or an attribute that is read is missing |
| LightGBM | ${compared('lightgbm')} | read if the text format is v3 | read if all its fields are known (a format after v4: with a warning), else refused |
| XGBoost | ${compared('xgboost')} | read if it is JSON or UBJSON | read, with a warning in the answer, if objective, booster and all fields are known, else refused |

LightGBM's text names its format and not the release that wrote it: a newer release that still writes v4 brings no warning.

## Classes

A class is supported by its exact name, with its module; the table merges modules that differ between releases. A *model* can
stand last, a *step* before a model (or alone: then its output is the score).

The errors are those of whole files: \`|got - expected| / max(1, |expected|)\`, the largest over all rows and outputs (scores,
probabilities, decisions; labels must be equal), rounded up to a power of ten, with room for rounding on another processor;
\`1e-15\` is the smallest that is stated. "inside" means that the class was compared only as a part of other models, whose
error it is. – means that the comparison has no file of that class, which shares its converter with others of its family.

${Object.keys(LIBRARIES).map(classTable).join('\n\n')}

XGBoost sums in float32, the graph here in double: that is its error, and that of the pipelines and dicts which hold it.
Files of LightGBM (\`.txt\`), XGBoost (\`.json\`, \`.ubj\`) and ONNX are compared in \`libs/convert\` and \`test/parity\` too.

## What is refused

Refusing beats a wrong score: what is not understood is never guessed. Each answer is a \`400\` that names what was found and what to do.

| found | why | instead |
|---|---|---|
| a class that is not in the table, a function or class of your own (also a lambda by cloudpickle) | it is code, and no code is run | save the fitted estimator alone, or export it to ONNX with skl2onnx |
| a FunctionTransformer with a function of its own, a ColumnTransformer that chooses columns by a function | the same | do that step before the request, or name the columns |
| bz2, xz, lzma, lz4 | Node has no decoder | \`joblib.dump(model, path, compress=('zlib', 3))\` |
| XGBoost's old binary format | XGBoost itself has retired it | load it with XGBoost 1.6 or newer, save as \`.json\` or \`.ubj\` |
| scikit-learn before ${oldest}, LightGBM text before v3 | not compared, and attributes meant other things | train or save again with a newer release |
| several targets of a classifier, several labels a row, kernels and metrics given as functions | not converted, so far | one model a target; another setting; skl2onnx |
| a FunctionTransformer with \`kw_args\` | they change what its function does | a function without them |
| LightGBM's scikit-learn classes with \`pred_early_stop\` | a score is then of some of the trees only | train without it: it changes no tree |
| SVC with \`decision_function_shape='ovo'\` and no probabilities | its decision is a value a pair of classes, and a score is one a class | \`'ovr'\`, which changes no label |
| a SplineTransformer with equal knots, of degree 0, of degree 1 that goes on in lines, or that raises out of its range | scikit-learn's own answer is not one function of the column | another setting |
| a linear regression with nearly equal coefficients beyond 1e10 and such an intercept; of one with other coefficients beyond 1e10, rows whose score is less than a millionth of what it adds up (a \`422\`) | terms cancel each other, and rounding would decide the score | Ridge, or one column less |
| pandas categories of a booster behind a step that makes an array of the columns | the file no longer says which column is which | save the booster with its named columns |
| LightGBM with pandas categories in other columns than its categorical features (ordered ones, \`categorical_feature\`), where that shows | the file gives a list to a column only by counting both | make these columns the same, none of them ordered; or texts of them |
| ONNX with weights in another file, a fixed number of rows, images or sequences as input, training information | it could not be served whole, or not by rows | the message says how to export it |
| Keras, PyTorch, NumPy (\`.npz\`), HDF5, Git LFS pointers, HTML | no format of a fitted tabular model | export to ONNX; fetch the file itself |
| damaged or truncated files; more than the limits below | | upload it again; train a smaller model |

## The answer

\`POST /model/load/\` answers when the new version is live; until then, and after any refusal, the old one serves.

| field | what it says |
|---|---|
| \`model\`, \`model_version\` | which model, and its new version, a number that is never given twice |
| \`task\` | \`regression\`, \`binary\`, \`multiclass\`, \`outlier\`, \`clustering\` or \`transform\` |
| \`features\` | the names that a request must use, in the order of the file |
| \`names_from\` | \`signature\`, \`file\`, \`live version\` or \`made up\`: see below |
| \`understood\` | format, class, library, and its version where the file says it; of a dict also its two scalers |
| \`sha256\` | of the uploaded bytes |
| \`warnings\` | what to know before trusting it: a newer library, inherited names, rows with neighbours at equal distance, which are refused, an objective of its own, categories that fit two columns |

**Names.** The file's own (\`feature_names_in_\`, those of a booster, ONNX inputs or the metadata \`feature_names\`). Where it has
none and the live version has as many features, those of the live version, in its order: callers go on unchanged. Else made up:
\`x0\`, \`x1\`, … (\`signature\` is a \`model.json\` beside a file in the folder of models).

**Missing values.** A feature takes \`null\` only where the model has a rule for it (boosters, trees of releases that take missing
values, an imputer, an encoder that knows a missing category); elsewhere \`null\` is a \`422\`, where scikit-learn would raise. The
categories of an encoder that raises for unknown ones are part of the signature: another value is a \`422\` too. So is a row of which a step
makes NaN or infinity that the next one does not take (the logarithm of 0, say), or a number too large for scikit-learn's float32 trees.

## What an upload can do

**Who can upload.** Whoever reaches the port: there is no authentication. The service listens on \`${SETTINGS.host.default}\` unless \`HOST\` says
otherwise; behind a proxy, guard \`/model/load/\`.

**What is executed.** Nothing of the file. A pickle is a program for Python's unpickler; here a reader of our own takes it apart, and
its only values are inert data. A class name must be in a list of exact names, and becomes a name and nothing else; a call is
taken only for a list of constructors (arrays, dtypes, dicts and the like), each our own function. There is no import, no lookup
by name in the runtime, no \`eval\`, no \`vm\`. ONNX Runtime knows its own operators and refuses a graph with others.

**How it is read.** In this order, each step with a fence of its own:

1. The upload: at most ${bytes(SETTINGS.maxUploadBytes.default)} (\`MAX_UPLOAD_BYTES\`), ${SETTINGS.maxUploads.default} at a time (\`MAX_UPLOADS\`), in memory. Its name
   never becomes a path.
2. A worker thread for this file alone, with an empty environment, ${worker('maxOldGenerationSizeMb')} MiB of old and ${worker('maxYoungGenerationSizeMb')} MiB of young heap, ${worker('stackSizeMb')} MiB of stack
   and ${seconds(SETTINGS.modelLoadTimeoutMs.default)} (\`MODEL_LOAD_TIMEOUT_MS\`). Array data lies outside that heap; the limits below hold it.
3. A trial process for this file alone, with an empty environment: it loads the ONNX, scores an example of one row and of two, and is
   killed afterwards, or at ${seconds(SETTINGS.modelLoadTimeoutMs.default)}, or at ${bytes(SETTINGS.modelLoadMaxBytes.default)} of resident memory (\`MODEL_LOAD_MAX_BYTES\`; watched on Linux only). A file that
   crashes native code takes that process with it, and is a \`400\`.
4. The self check, in that process: where the source model can be computed without ONNX (trees, boosters, and pipelines, dicts and
   target transformers around them that are simple enough), ${constant('libs/convert/src/sklearn/self-check.ts', 'ROWS')} rows on and beside its
   thresholds must agree to ${constant('libs/convert/src/sklearn/self-check.ts', 'TOLERANCE')}, relatively.
5. Only then is it kept and live.

| limit of a pickle | value |
|---|---|
${pickleLimits()}

| other limits | value |
|---|---|
| features of an ONNX file / of an estimator / of a booster | ${[count(MAX_FEATURES), count(constant('libs/convert/src/sklearn/estimator/inputs.ts', 'MAX_INPUTS')), count(constant('libs/convert/src/lightgbm/model-text.ts', 'MAX_FEATURES'))].join(' / ')} |
| classes of an ONNX file | ${count(MAX_CLASSES)} |
| estimators in one model, and one in the other | ${count(constant('libs/convert/src/sklearn/context.ts', 'MAX_ESTIMATORS'))}, ${constant('libs/convert/src/sklearn/context.ts', 'MAX_NESTING')} levels |
| trees / their nodes / their depth | ${['MAX_TREES', 'MAX_NODES', 'MAX_DEPTH'].map((name) => count(constant('libs/convert/src/trees/tree-ensemble-builder.ts', name))).join(' / ')} |
| parts of an ONNX file / levels of nesting | ${['MAX_PARTS', 'MAX_DEPTH'].map((name) => count(constant('libs/convert/src/onnx/wire-reader.ts', name))).join(' / ')} |

**What remains.** An uploader can put a model live that answers nonsense: the history says which version answered, and the old
file can be loaded again. ONNX Runtime is native code: a crafted ONNX file could reach a flaw in it, and the trial process is a
fence against crashes, not a sandbox. An ONNX file has no source model to be compared with: exporters that compute in float32 can
take the wrong branch of a tree for rows at a threshold. A model may be slow within its limits. Outside Linux, only time limits
the trial.
`;
}

function classTable(library) {
  const rows = [...classesOf(library)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, modules]) => classRow(library, name, modules));
  return `### ${LIBRARIES[library]}

| class | modules | as | compared with | files | largest error |
|---|---|---|---|---|---|
${rows.join('\n')}`;
}

/** Short names, and the modules that they stand in; the dict has none. */
function classesOf(library) {
  const classes = new Map(library === 'sklearn' ? [['dict', new Set()]] : []);
  for (const path of [...MODELS.keys(), ...TRANSFORMERS.keys()]) {
    const words = path.split('.');
    if (words[0] !== library) continue;
    const [name, module] = [words.at(-1), words.slice(1, -1).join('.')];
    classes.set(name, (classes.get(name) ?? new Set()).add(module));
  }
  return classes;
}

function classRow(library, name, modules) {
  const bound = bounds[`${library}.${name}`];
  const measured = bound
    ? [bound.versions.map(minor).join(', '), `${bound.isPart ? 'inside ' : ''}${bound.cases}`, bound.largestError]
    : ['–', '–', '–'];
  const places = [...modules].map((module) => `\`${module}\``).join(', ');
  const title = name === 'dict' ? '`{x_scaler, model, y_scaler}`' : `\`${name}\``;
  return `| ${[title, places, roles(library, name, modules), ...measured].join(' | ')} |`;
}

function roles(library, name, modules) {
  if (name === 'dict') return 'model';
  const paths = [...modules].map((module) => `${library}.${module}.${name}`);
  const isModel = paths.some((path) => MODELS.has(path));
  const isStep = paths.some((path) => TRANSFORMERS.has(path));
  return [isModel && 'model', isStep && 'step'].filter(Boolean).join(', ');
}

/** The oldest and the newest release of a library that was compared. */
function compared(library) {
  const all = Object.entries(bounds).filter(([key]) => key.startsWith(`${library}.`));
  const versions = all
    .flatMap(([, bound]) => bound.versions)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return `${minor(versions[0])} to ${minor(versions.at(-1))}`;
}

function minor(version) {
  return version.split('.').slice(0, 2).join('.');
}

function pickleLimits() {
  const meanings = {
    maxBytes: ['bytes of the file, and again of what it decompresses to', bytes],
    maxOpcodes: ['opcodes', count],
    maxObjects: ['lists, tuples, dicts, byte strings, arrays and objects', count],
    maxMemoEntries: ['memo entries', count],
    maxStackDepth: ['values on the stack', count],
    maxMarks: ['open marks', count],
    maxNesting: ['containers in containers', (value) => `${count(value)} levels`],
    maxDataBytes: ['bytes of all arrays', bytes],
    maxNestedStreams: ['pickles inside pickles', (value) => `${value} levels`],
    timeoutMs: ['time to read it', seconds],
  };
  return Object.entries(DEFAULT_LIMITS)
    .map(([name, value]) => {
      if (!meanings[name]) throw new Error(`say here what the limit ${name} is`);
      const [meaning, shown] = meanings[name];
      return `| ${meaning} | ${shown(value)} |`;
    })
    .join('\n');
}

/** A constant that its module keeps to itself, from the source. */
function constant(path, name) {
  const value = new RegExp(`const ${name} = ([^;]+);`).exec(read(path))?.[1];
  if (value === undefined) throw new Error(`${path} has no constant ${name}`);
  return value.replaceAll("'", '').replaceAll('_', '');
}

function worker(limit) {
  const path = 'libs/registry/src/model.converter.ts';
  const value = new RegExp(`${limit}: (\\d+)`).exec(read(path))?.[1];
  if (value === undefined) throw new Error(`${path} has no ${limit}`);
  return value;
}

function bytes(value) {
  return `${Number(value) / 2 ** 20} MiB`;
}

function seconds(ms) {
  return `${Number(ms) / 1000} s`;
}

function count(value) {
  return Number(value).toLocaleString('en');
}

function read(path) {
  return readFileSync(join(root, path), 'utf8');
}

const path = join(root, page);
const wanted = await format(text(), { ...(await resolveConfig(path)), parser: 'markdown' });
if (!process.argv.includes('--check')) writeFileSync(path, wanted);
else if (read(page) !== wanted) {
  console.error(`${page} is not what the code says: npm run generate`);
  process.exitCode = 1;
}
