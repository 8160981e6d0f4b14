// Rounds in which every service is measured at every scenario, right after one another.
import { load } from './load.mjs';
import { cpuBetween, usage } from './processes.mjs';
import { requestsFor } from './scenarios.mjs';

const WARM_UP_SECONDS = 2;

/** Measures services in alternation; answers one measurement a round, scenario and service. */
export async function compare({ services, scenarios, rounds, seconds, say }) {
  const measurements = [];
  for (const scenario of scenarios) {
    const taking = services.filter((service) => requestsFor(service, scenario) !== undefined);
    for (const { name } of services.filter((service) => !taking.includes(service))) {
      say(`${scenario.name}: ${name} has no such route, skipped`);
    }
    for (const service of taking) await run(service, scenario, WARM_UP_SECONDS);
    for (let round = 0; round < rounds; round++) {
      measurements.push(...(await measureRound({ services: taking, scenario, round, seconds })));
      say(`${scenario.name}: round ${round + 1} of ${rounds}`);
    }
  }
  return measurements;
}

// The order turns with each round, so that going first favours nobody.
async function measureRound({ services, scenario, round, seconds }) {
  const measured = [];
  for (const service of round % 2 === 0 ? services : services.toReversed()) {
    measured.push({
      round,
      scenario: scenario.name,
      service: service.name,
      ...(await measure(service, scenario, seconds)),
    });
  }
  return measured;
}

async function measure(service, scenario, seconds) {
  const before = usage(service.pid);
  const { requests, failed, seconds: took, p50Ms, p99Ms } = await run(service, scenario, seconds);
  const after = usage(service.pid);
  const { serverMs, engineMs } = cpuBetween(before, after);
  return {
    requests,
    failed,
    perSecond: requests / took,
    p50Ms,
    p99Ms,
    serverUs: (serverMs * 1000) / requests,
    engineUs: (engineMs * 1000) / requests,
    serverMb: after.server.residentMb,
    treeMb: after.tree.residentMb,
  };
}

async function run(service, scenario, seconds) {
  const outcome = await load({ ...requestsFor(service, scenario), concurrency: scenario.connections, seconds });
  await service.settle?.();
  return outcome;
}
