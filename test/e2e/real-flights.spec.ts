import { readFileSync } from 'node:fs';
import { FLIGHT, startService, type TestService } from '../setup/service.js';
import { describeWithShared, sharedFile } from '../setup/shared.js';

const NAMES = Object.keys(FLIGHT);
const AT_A_TIME = 100;

describeWithShared('2,000 real flights', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('are scored, and all of them are read back from the history as they were answered', async () => {
    const flights = readFlights();
    expect(flights).toHaveLength(2000);
    const answers = new Map<string, { score: number; features: object }>();
    for (let at = 0; at < flights.length; at += AT_A_TIME) {
      const group = flights.slice(at, at + AT_A_TIME);
      const responses = await Promise.all(group.map((flight) => service.predict(flight)));
      for (const [i, response] of responses.entries()) {
        expect(response.status).toBe(200);
        const { id, score } = (await response.json()) as { id: string; score: number };
        answers.set(id, { score, features: group[i]! });
      }
    }
    const { history } = await service.history();
    expect(history).toHaveLength(2000);
    for (const { _id, score, features } of history) expect({ score, features }).toEqual(answers.get(_id));
  });
});

// One flight of the sample has no scheduled arrival: a missing value, which this model has no rule for.
function readFlights(): Record<string, number>[] {
  const [head, ...lines] = readFileSync(sharedFile('data/flights_sample.csv'), 'utf8').trim().split('\n');
  const columns = head!.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(NAMES.map((name) => [name, Number(cells[columns.indexOf(name)])]));
  });
}
