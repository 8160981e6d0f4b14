// Measurements of all rounds → one row a scenario and service: medians, and ratios to the reference of the same round.
import { median, pairedRatio } from './statistics.mjs';

const MEDIANS = ['perSecond', 'p50Ms', 'p99Ms', 'serverUs', 'engineUs', 'serverMb', 'treeMb'];

/** One row a scenario and service, in the order in which they are given. */
export function summarize(measurements, { scenarios, services }) {
  return scenarios.flatMap(({ name: scenario }) =>
    services
      .map(({ name: service }) => ({ scenario, service, ...summaryOf(measurements, scenario, service) }))
      .filter(({ rounds }) => rounds > 0),
  );
}

function summaryOf(measurements, scenario, service) {
  const own = roundsOf(measurements, scenario, service);
  const reference = roundsOf(measurements, scenario, 'reference');
  const ratio = (of) => pairedRatio(own.map(of), reference.map(of));
  return {
    ...Object.fromEntries(MEDIANS.map((field) => [field, median(own.map((measured) => measured[field]))])),
    rounds: own.length,
    failed: own.reduce((sum, { failed }) => sum + failed, 0),
    speedRatio: ratio(({ perSecond }) => perSecond),
    cpuRatio: ratio(({ serverUs, engineUs }) => serverUs + engineUs),
  };
}

function roundsOf(measurements, scenario, service) {
  const own = measurements.filter((measured) => measured.scenario === scenario && measured.service === service);
  return own.toSorted((a, b) => a.round - b.round);
}
