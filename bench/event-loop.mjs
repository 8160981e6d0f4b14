// How long the service's event loop keeps others waiting.
const METRIC = /^nodejs_eventloop_lag_p99_seconds\S* (\S+)$/m;

/** What the delay is taken from at this service, and a function that takes it, in ms. */
export async function eventLoopDelay(url) {
  if (METRIC.test(await textOf(`${url}/metrics`))) return { source: '/metrics, p99', read: () => fromMetrics(url) };
  return { source: 'latency of /health/live', read: () => latencyOf(`${url}/health/live`) };
}

async function fromMetrics(url) {
  return Number(METRIC.exec(await textOf(`${url}/metrics`))[1]) * 1000;
}

async function latencyOf(url) {
  const started = performance.now();
  await textOf(url);
  return performance.now() - started;
}

async function textOf(url) {
  return (await fetch(url)).text();
}
