// What is measured of each service.
import { batchBodies, singleBodies } from './rows.mjs';

const SINGLE_BODIES = 1000;
const BATCH_BODIES = 8;

/** One row at each concurrency, then many rows in one request. */
export function scenariosOf({ concurrency, rows }) {
  const single = concurrency.map((connections) => ({ name: `one row, concurrency ${connections}`, connections }));
  return [...single, { name: `${rows.toLocaleString('en')} rows in one request, concurrency 1`, connections: 1, rows }];
}

/** Where a scenario is sent at a service, and what; nothing where the service has no such route. */
export function requestsFor(service, { rows }) {
  if (rows === undefined) return { url: service.url + service.single, bodies: singleBodies(SINGLE_BODIES) };
  if (service.batch === undefined) return undefined;
  const { path, shape } = service.batch;
  return { url: service.url + path, bodies: batchBodies(BATCH_BODIES, rows, shape) };
}
