import { type MetricsSnapshot, summed } from './summed-metrics.js';

const snapshot = (value: number): MetricsSnapshot => [
  {
    name: 'requests_total',
    help: 'r',
    type: 'counter',
    aggregator: 'sum',
    values: [{ value, labels: { status: '200' } }],
  },
  { name: 'oldest_seconds', help: 'o', type: 'gauge', aggregator: 'max', values: [{ value, labels: {} }] },
  {
    name: 'nodejs_eventloop_lag_p99_seconds',
    help: 'l',
    type: 'gauge',
    aggregator: 'average',
    values: [{ value, labels: {} }],
  },
  { name: 'process_start_time_seconds', help: 's', type: 'gauge', aggregator: 'omit', values: [{ value, labels: {} }] },
];

it('adds what counts, and takes of the rest what says most about the whole: the worst delay, the oldest capture, the first start', () => {
  const values = summed([snapshot(2), snapshot(3)]).map(({ name, values: [first] }) => [name, first]);
  expect(Object.fromEntries(values)).toEqual({
    requests_total: { value: 5, labels: { status: '200' } },
    oldest_seconds: { value: 3, labels: {} },
    nodejs_eventloop_lag_p99_seconds: { value: 3, labels: {} },
    process_start_time_seconds: { value: 2, labels: {} },
  });
});
