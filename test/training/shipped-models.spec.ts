// Expected scores: test/training/expected_scores.py with scikit-learn 1.9.1 and LightGBM 4.7.0, in double precision.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { modelsDirWith } from '../setup/models-dir.js';
import { startService, type TestService } from '../setup/service.js';
import { describeWithShared, sharedFile } from '../setup/shared.js';
import { expectedFlights, type ExpectedFlight } from './expected-flights.js';
import { describeWithLibraries, PYTHON } from './with-python.js';

const RELATIVE_TOLERANCE = 1e-9;
const AT_A_TIME = 100;
const MUCH_OUTPUT = { maxBuffer: 2 ** 24 };
const SCRIPT = join(import.meta.dirname, 'expected_scores.py');

const drawn = expectedFlights(readFileSync(join(import.meta.dirname, 'expected-scores.csv'), 'utf8'));

interface Answer {
  readonly score: number;
  readonly label?: string;
  readonly probabilities?: Readonly<Record<string, number>>;
}

describe('version 2 of flight-delay', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ MODELS_DIR: modelsDirWith('flight-delay', 2) });
  });
  afterAll(() => service.stop());

  it('gives the delays of the Python pipeline for 200 drawn flights, missing values and unknown airlines included', async () => {
    expect(drawn).toHaveLength(200);
    expect(await largestDelayError(service, drawn)).toBeLessThanOrEqual(RELATIVE_TOLERANCE);
  });

  it('takes the example of its own signature', async () => {
    expect(await answerOf(service, await exampleOf(service))).toEqual({
      score: expect.any(Number),
      model_version: 2,
      id: expect.any(String),
    });
  });

  describeWithLibraries('where Python is', () => {
    describeWithShared('and real flights that it has not seen', () => {
      it('gives the delays of the Python pipeline for 2,000 of them', async () => {
        const flights = await unseenFlights();
        expect(flights).toHaveLength(2000);
        expect(await largestDelayError(service, flights)).toBeLessThanOrEqual(RELATIVE_TOLERANCE);
      });
    });
  });
});

describe('flight-late', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ MODELS_DIR: modelsDirWith('flight-late', 1), DEFAULT_MODEL: 'flight-late' });
  });
  afterAll(() => service.stop());

  it('gives the probabilities of the Python pipeline for 200 drawn flights', async () => {
    expect(await largestLateError(service, drawn)).toBeLessThanOrEqual(RELATIVE_TOLERANCE);
  });

  it('answers with the probability of being late, both classes by name, and the likelier one', async () => {
    const answers = await answersOf(service, drawn);
    for (const { score, label, probabilities } of answers) {
      expect(Object.keys(probabilities!)).toEqual(['in time', 'late']);
      expect(probabilities!['late']).toBe(score);
      expect(label).toBe(score > 0.5 ? 'late' : 'in time');
    }
    expect(new Set(answers.map(({ label }) => label)).size).toBe(2);
  });

  it('takes the example of its own signature', async () => {
    expect(await answerOf(service, await exampleOf(service))).toMatchObject({ model_version: 1 });
  });

  describeWithLibraries('where Python is', () => {
    describeWithShared('and real flights that it has not seen', () => {
      it('gives the probabilities of the Python pipeline for 2,000 of them', async () => {
        expect(await largestLateError(service, await unseenFlights())).toBeLessThanOrEqual(RELATIVE_TOLERANCE);
      });
    });
  });
});

async function largestDelayError(service: TestService, flights: readonly ExpectedFlight[]): Promise<number> {
  const answers = await answersOf(service, flights);
  return Math.max(...answers.map(({ score }, i) => relativeError(score, flights[i]!.delay)));
}

async function largestLateError(service: TestService, flights: readonly ExpectedFlight[]): Promise<number> {
  const answers = await answersOf(service, flights);
  return Math.max(...answers.map(({ score }, i) => relativeError(score, flights[i]!.late)));
}

function relativeError(got: number, expected: number): number {
  return Math.abs(got - expected) / Math.max(1, Math.abs(expected));
}

async function answersOf(service: TestService, flights: readonly ExpectedFlight[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < flights.length; at += AT_A_TIME) {
    const group = flights.slice(at, at + AT_A_TIME);
    answers.push(...(await Promise.all(group.map(({ features }) => answerOf(service, features)))));
  }
  return answers;
}

async function answerOf(service: TestService, features: object): Promise<Answer> {
  const response = await service.predict(features);
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(body));
  return body as Answer;
}

async function exampleOf(service: TestService): Promise<object> {
  const { components } = (await (await service.fetch('/openapi.json')).json()) as {
    components: { schemas: { PredictRequest: { properties: Record<string, { example?: unknown }> } } };
  };
  const { properties } = components.schemas.PredictRequest;
  return Object.fromEntries(Object.entries(properties).map(([name, { example }]) => [name, example]));
}

// Never the synchronous form: this process serves, and would let its connections die.
async function unseenFlights(): Promise<ExpectedFlight[]> {
  const table = fileURLToPath(sharedFile('data/flights_weather.csv.gz'));
  const { stdout } = await promisify(execFile)(PYTHON, [SCRIPT, '--table', table, '--rows', '2000'], MUCH_OUTPUT);
  return expectedFlights(stdout);
}
