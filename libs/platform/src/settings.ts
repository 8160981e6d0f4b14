import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { SAGEMAKER_MODEL, sageMakerEnvironment } from './sagemaker.js';

/** One setting: its default, its unit and a sentence for docs/configuration.md, and how its text is read. */
export interface SettingSpec<T> {
  readonly variable: string;
  readonly default: string;
  readonly unit?: string;
  readonly description: string;
  readonly read: (text: string) => T;
}

/** The port of gRPC where none is set. */
export const USUAL_GRPC_PORT = 8001;

const MEBIBYTE = 1024 * 1024;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every setting of the service; docs/configuration.md and .env.example are generated from this table. */
export const SETTINGS = {
  port: setting('PORT', '8000', 'Port of the REST API; 0 takes a free one', wholeNumber(0, 65_535)),
  grpcPort: setting(
    'GRPC_PORT',
    '',
    'Port of gRPC; empty: 8001, or a free one where that is taken; 0: a free one; off: no gRPC',
    optionalPort,
  ),
  host: setting('HOST', '127.0.0.1', 'Address to listen on; 0.0.0.0 opens the service to the network', text),
  workers: setting(
    'WORKERS',
    '1',
    'Processes that serve on the same ports, with one registry and one history; auto: one for each core',
    workerCount,
  ),
  dataDir: setting('DATA_DIR', './data', 'Folder of the embedded database and of caches', path),
  mongodbUri: setting('MONGODB_URI', '', 'A MongoDB to use; empty: the embedded database', optionalText),
  modelsDir: setting('MODELS_DIR', './models', 'Models for an empty registry; empty: none', optionalPath),
  defaultModel: setting('DEFAULT_MODEL', 'flight-delay', 'The model behind /model/…', text),
  maxBodyBytes: setting('MAX_BODY_BYTES', `${MEBIBYTE}`, 'Largest JSON body', wholeNumber(1, 2 ** 31), 'bytes'),
  maxTensorBytes: setting(
    'MAX_TENSOR_BYTES',
    `${16 * MEBIBYTE}`,
    'Largest body of /v2, gRPC and /invocations, after it is unpacked',
    wholeNumber(1, 2 ** 31),
    'bytes',
  ),
  maxRows: setting('MAX_ROWS', '100000', 'Most rows of one request, other than a batch', wholeNumber(1, 10_000_000)),
  maxUploadBytes: setting(
    'MAX_UPLOAD_BYTES',
    `${64 * MEBIBYTE}`,
    'Largest model file',
    wholeNumber(1, 2 ** 31),
    'bytes',
  ),
  maxUploads: setting(
    'MAX_UPLOADS',
    '2',
    'Uploads that a worker takes at the same time; more are answered 429',
    wholeNumber(1, 100),
  ),
  fastLane: setting(
    'FAST_LANE',
    'on',
    'Whether predictions are served straight from their connections (on), or through Express like everything else (off)',
    oneOf(['on', 'off']),
  ),
  requestTimeoutMs: setting(
    'REQUEST_TIMEOUT_MS',
    '9000',
    'Longest time a request may take to arrive',
    wholeNumber(100, 600_000),
    'ms',
  ),
  headersTimeoutMs: setting(
    'HEADERS_TIMEOUT_MS',
    '8000',
    'Longest time the headers may take to arrive',
    wholeNumber(100, 600_000),
    'ms',
  ),
  shutdownTimeoutMs: setting(
    'SHUTDOWN_TIMEOUT_MS',
    '10000',
    'Longest time a clean stop may take',
    wholeNumber(100, 600_000),
    'ms',
  ),
  modelLoadTimeoutMs: setting(
    'MODEL_LOAD_TIMEOUT_MS',
    '20000',
    'Longest time a model file may take to load',
    wholeNumber(100, 600_000),
    'ms',
  ),
  modelLoadMaxBytes: setting(
    'MODEL_LOAD_MAX_BYTES',
    `${1024 * MEBIBYTE}`,
    'Most memory the trial load of a model file may take',
    wholeNumber(MEBIBYTE, 2 ** 40),
    'bytes',
  ),
  warmVersions: setting(
    'WARM_VERSIONS',
    '5',
    'Versions of a model that stay in memory after they have left its traffic, the latest ones',
    wholeNumber(0, 1000),
  ),
  warmMaxBytes: setting(
    'WARM_MAX_BYTES',
    `${256 * MEBIBYTE}`,
    'Most ONNX that those versions of a model may have together, in each worker',
    wholeNumber(0, 2 ** 40),
    'bytes',
  ),
  registryPollMs: setting(
    'REGISTRY_POLL_MS',
    '500',
    'How often a replica looks for what others have changed',
    wholeNumber(10, 60_000),
    'ms',
  ),
  guardEveryMs: setting(
    'GUARD_EVERY_MS',
    '30000',
    'How often guards look at their canaries',
    wholeNumber(50, 3_600_000),
    'ms',
  ),
  capture: setting(
    'CAPTURE',
    'durable',
    'When a prediction is answered: durable (its record survives kill -9), fsync (a power loss, too), async (at once; what cannot be kept is dropped and counted), off (nothing is kept)',
    oneOf(['durable', 'fsync', 'async', 'off']),
  ),
  captureShare: setting('CAPTURE_SHARE', '1', 'Share of the predictions that is kept, 0 to 1', share),
  captureOmit: setting('CAPTURE_OMIT', '', 'Features that are never kept, by name, with commas between them', names),
  captureHash: setting(
    'CAPTURE_HASH',
    '',
    'Features of which a hash (HMAC-SHA-256 with CAPTURE_HASH_KEY) is kept in place of the value, with commas between them',
    names,
  ),
  captureHashKey: setting('CAPTURE_HASH_KEY', '', 'The secret key of those hashes', plainText),
  captureWhenFull: setting(
    'CAPTURE_WHEN_FULL',
    'refuse',
    'What becomes of predictions that cannot be kept: refuse (503), or drop (answered, and counted)',
    oneOf(['refuse', 'drop']),
  ),
  journalMaxBytes: setting(
    'JOURNAL_MAX_BYTES',
    `${1024 * MEBIBYTE}`,
    'Most that the journal of captures holds while the database does not answer; workers share it',
    wholeNumber(64 * 1024, 2 ** 40),
    'bytes',
  ),
  scoringBudgetMs: setting(
    'SCORING_BUDGET_MS',
    '10',
    'Longest scoring in the thread that answers requests; what takes longer is cut into slices of this for other threads',
    wholeNumber(1, 10_000),
    'ms',
  ),
  scoringThreads: setting(
    'SCORING_THREADS',
    '0',
    'Threads for long scoring, which workers share; 0: one less than the machine has cores, at least two in each worker',
    wholeNumber(0, 256),
  ),
  scoringQueueMs: setting(
    'SCORING_QUEUE_MS',
    '10000',
    'Most work that may wait for the scoring threads of a worker; more is answered 503',
    wholeNumber(1, 600_000),
    'ms',
  ),
  captureOptional: setting(
    'CAPTURE_OPTIONAL',
    'false',
    'true lets a batch be scored without being kept (?capture=false)',
    isTrue,
  ),
  shadowQueueRows: setting(
    'SHADOW_QUEUE_ROWS',
    '10000',
    'Most rows of a worker that wait for a shadow; it does not score what comes beyond that, and it is counted',
    wholeNumber(0, 1_000_000),
  ),
  logLevel: setting('LOG_LEVEL', 'info', `Least level that is logged: ${LOG_LEVELS.join(', ')}`, oneOf(LOG_LEVELS)),
} as const;

type Values = { readonly [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]['read']> };

/** The settings in force; a class so that it is its own injection token. Its fields are declared once, by SETTINGS. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- the constructor sets every field of Values
export class Settings {
  private constructor(values: Values) {
    Object.assign(this, values);
  }

  /** Reads the environment; throws an error that names the variable where a value is wrong. */
  static from(environment: Readonly<Record<string, string | undefined>>): Settings {
    const specs = Object.entries<SettingSpec<unknown>>(SETTINGS);
    const entries = specs.map(([name, spec]) => [name, read(spec, environment[spec.variable])]);
    const settings = new Settings(Object.fromEntries(entries) as Values);
    if (settings.captureHash.length > 0 && settings.captureHashKey === '')
      throw new Error(
        'CAPTURE_HASH is set without CAPTURE_HASH_KEY: without a key, likely values could be found out from their hashes',
      );
    return settings;
  }

  /** Reads the environment of this process; the argument `serve` says that SageMaker started it. */
  static fromEnvironment(args: readonly string[] = []): Settings {
    if (!args.includes('serve')) return Settings.from(process.env);
    return Settings.from(sageMakerEnvironment(process.env, existsSync(SAGEMAKER_MODEL)));
  }
}
export interface Settings extends Values {}

function read<T>(spec: SettingSpec<T>, given: string | undefined): T {
  const value = given ?? spec.default;
  try {
    return spec.read(value.trim());
  } catch (error) {
    throw new Error(`${spec.variable}=${JSON.stringify(value)} ${(error as Error).message} (${spec.description})`);
  }
}

function setting<T>(
  variable: string,
  fallback: string,
  description: string,
  readText: (text: string) => T,
  unit?: string,
): SettingSpec<T> {
  return { variable, default: fallback, description, read: readText, ...(unit && { unit }) };
}

function wholeNumber(min: number, max: number) {
  return (value: string): number => {
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    throw new Error(`is not a whole number from ${min} to ${max}`);
  };
}

function workerCount(value: string): number {
  return value === 'auto' ? availableParallelism() : wholeNumber(1, 256)(value);
}

function oneOf<const T extends readonly string[]>(values: T) {
  return (value: string): T[number] => {
    if (values.includes(value)) return value;
    throw new Error(`is not one of ${values.join(', ')}`);
  };
}

function share(value: string): number {
  const number = value === '' ? NaN : Number(value);
  if (number >= 0 && number <= 1) return number;
  throw new Error('is not a number from 0 to 1');
}

function names(value: string): readonly string[] {
  const all = value.split(',').map((name) => name.trim());
  return all.filter((name) => name !== '');
}

function plainText(value: string): string {
  return value;
}

function optionalPort(value: string): number | 'off' | undefined {
  if (value === '') return undefined;
  return value === 'off' ? value : wholeNumber(0, 65_535)(value);
}

function isTrue(value: string): boolean {
  return oneOf(['true', 'false'])(value) === 'true';
}

function text(value: string): string {
  if (value === '') throw new Error('is empty');
  return value;
}

function optionalText(value: string): string | undefined {
  return value === '' ? undefined : value;
}

function path(value: string): string {
  return resolve(text(value));
}

function optionalPath(value: string): string | undefined {
  return value === '' ? undefined : resolve(value);
}
