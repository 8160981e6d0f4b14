// Before anything is measured: every service must give the same scores, or the comparison means nothing.
import { flights } from './rows.mjs';

const HOW_MANY = 20;
const TOLERANCE = 1e-6;

/** Throws where a service answers a flight with another score than the first service. */
export async function checkAnswers([first, ...others]) {
  for (const flight of flights(HOW_MANY)) {
    const expected = await scoreOf(first, flight);
    for (const service of others) {
      const score = await scoreOf(service, flight);
      if (isClose(score, expected)) continue;
      throw new Error(
        `${service.name} answers ${score} where ${first.name} answers ${expected}: ${JSON.stringify(flight)}`,
      );
    }
  }
}

async function scoreOf({ url, single }, flight) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url + single, { method: 'POST', headers, body: JSON.stringify(flight) });
  return (await response.json()).score;
}

function isClose(score, expected) {
  return Math.abs(score - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
}
