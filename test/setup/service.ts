import { readFileSync } from 'node:fs';
import { resolveDatabase } from '@app/database';
import { Settings } from '@app/platform';
import mongoose from 'mongoose';
import { createApp } from '../../apps/api/src/app.setup.js';
import { emptyDataDir } from './data-dir.js';
import { modelsDirWith } from './models-dir.js';
import { GrpcServer } from '../../apps/api/src/protocols/open-inference/grpc/grpc.server.js';
import { testDatabaseUri } from './test-database.js';

/** A flight of the README. */
export const FLIGHT = {
  sched_dep_time: 1059,
  sched_arr_time: 1209,
  distance: 284,
  clouds: 93,
  pres: 1011,
  wind_spd: 5.8,
  precip: 0.0,
  snow: 0.0,
};

/** The model that ships, as bytes: a pickle of the original form, {x_scaler, model, y_scaler}. */
export const SHIPPED_MODEL = readFileSync(new URL('../../models/flight-delay/1/model.pkl', import.meta.url));

/** The same model as ONNX, with the names of its features. */
export const ONNX_MODEL = readFileSync(new URL('../fixtures/flight-delay.onnx', import.meta.url));

/** The real service, in this process, on a free port, with this worker's database. */
export interface TestService {
  readonly url: string;
  /** Where gRPC is served, if it is. */
  readonly grpc: string | undefined;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  predict(features: unknown): Promise<Response>;
  load(fileName: string, bytes: Uint8Array): Promise<Response>;
  history(query?: string): Promise<HistoryBody>;
  stop(): Promise<void>;
}

export interface HistoryBody {
  readonly history: readonly (Readonly<Record<string, unknown>> & { readonly _id: string; readonly score: number })[];
  readonly next?: string;
}

/** Starts the service on an empty database; `environment` overrides settings. */
export async function startService(environment: Readonly<Record<string, string>> = {}): Promise<TestService> {
  await dropDatabase();
  return startAgain(environment);
}

// One for all services of a test file: what one leaves in its journal, the next one finds.
const DEFAULTS = {
  PORT: '0',
  GRPC_PORT: 'off',
  LOG_LEVEL: 'silent',
  DATA_DIR: emptyDataDir(),
  MODELS_DIR: modelsDirWith('flight-delay', 1),
};

/** Starts the service on the database as it is. */
export async function startAgain(environment: Readonly<Record<string, string>> = {}): Promise<TestService> {
  const settings = Settings.from({ ...DEFAULTS, MONGODB_URI: testDatabaseUri(), ...environment });
  const database = await resolveDatabase({
    uri: settings.mongodbUri!,
    dataDir: settings.dataDir,
    log: () => undefined,
  });
  const app = await createApp(settings, database);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const request = (path: string, init?: RequestInit) => fetch(`${url}${path}`, init);
  return {
    url,
    grpc: await app.get(GrpcServer).serve(),
    fetch: request,
    predict: (features) => request('/model/predict/', jsonPost(features)),
    load: (fileName, bytes) => request('/model/load/', { method: 'POST', body: upload(fileName, bytes) }),
    history: async (query = '') => (await request(`/model/history/${query}`)).json() as Promise<HistoryBody>,
    stop: async () => {
      await app.close();
      await database.stop();
    },
  };
}

/** A POST of a value as JSON. */
export function jsonPost(value: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function upload(fileName: string, bytes: Uint8Array): FormData {
  const form = new FormData();
  form.set('file', new Blob([Uint8Array.from(bytes)]), fileName);
  return form;
}

async function dropDatabase(): Promise<void> {
  const connection = await mongoose.createConnection(testDatabaseUri()).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
