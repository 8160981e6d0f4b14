import { type Aggregator, AggregatorRegistry, type Registry } from 'prom-client';

/** One metric as a process shows it. */
export interface SampledMetric {
  readonly name: string;
  readonly help: string;
  readonly type: unknown;
  /** How it is put together with the same metric of other processes. */
  readonly aggregator?: Aggregator;
  readonly values: readonly object[];
}

/** The numbers of one process at one moment. */
export type MetricsSnapshot = readonly SampledMetric[];

// The library would take averages, in which one worker that is held up hardly shows, and leave the start out.
const AGGREGATORS: Readonly<Record<string, Aggregator>> = {
  nodejs_eventloop_lag_seconds: 'max',
  nodejs_eventloop_lag_p50_seconds: 'max',
  nodejs_eventloop_lag_p90_seconds: 'max',
  nodejs_eventloop_lag_p99_seconds: 'max',
  process_start_time_seconds: 'min',
};

/** The numbers of several processes as those of one. */
export function summed(snapshots: readonly MetricsSnapshot[]): MetricsSnapshot {
  const metrics = registryOf(snapshots).getMetricsAsArray() as unknown as SampledMetric[];
  // What the library returns has functions, too, which no message can carry.
  return metrics.map(({ name, help, type, aggregator, values }) => ({ name, help, type, aggregator, values }));
}

/** The same in the text format of Prometheus. */
export function summedText(snapshots: readonly MetricsSnapshot[]): Promise<string> {
  return registryOf(snapshots).metrics();
}

/** What of a snapshot still counts when its process is gone: what only grows. */
export function grownOnly(snapshot: MetricsSnapshot): MetricsSnapshot {
  return snapshot.filter(({ type }) => type === 'counter' || type === 'histogram');
}

function registryOf(snapshots: readonly MetricsSnapshot[]): Registry {
  return AggregatorRegistry.aggregate(snapshots.map((metrics) => metrics.map(withAggregator)));
}

function withAggregator(metric: SampledMetric): SampledMetric {
  return { ...metric, aggregator: AGGREGATORS[metric.name] ?? metric.aggregator ?? 'sum' };
}
