// What is measured of each service.
import { batchBodies, singleBodies } from './rows.mjs';

const SINGLE_BODIES = 1000;
const BATCH_BODIES = 8;
const TENSOR_CONNECTIONS = 16;

/** One row at each concurrency and as a tensor of the Open Inference Protocol, then many rows in one request in both forms. */
export function scenariosOf({ concurrency, rows }) {
  const asTensor = 'as a tensor, concurrency';
  const many = `${rows.toLocaleString('en')} rows in one request`;
  return [
    ...concurrency.map((connections) => ({ name: `one row, concurrency ${connections}`, connections })),
    { name: `one row ${asTensor} ${TENSOR_CONNECTIONS}`, connections: TENSOR_CONNECTIONS, rows: 1, isTensor: true },
    { name: `${many}, concurrency 1`, connections: 1, rows },
    { name: `${many} ${asTensor} 1`, connections: 1, rows, isTensor: true },
  ];
}

/** Where a scenario is sent at a service, and what; nothing where the service has no such route. */
export function requestsFor(service, { rows, isTensor }) {
  if (rows === undefined) return { url: service.url + service.single, bodies: singleBodies(SINGLE_BODIES) };
  const route = isTensor ? service.tensor : service.batch;
  if (route === undefined) return undefined;
  const bodies = batchBodies(rows === 1 ? SINGLE_BODIES : BATCH_BODIES, rows, route.shape);
  return { url: service.url + route.path, bodies };
}
