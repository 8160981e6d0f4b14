// Expected scores: the original pipeline in Python, scikit-learn 1.9.1 and LightGBM 4.7.0, in double precision.
import { readFileSync } from 'node:fs';
import { startService, type TestService } from '../setup/service.js';
import { describeWithShared, sharedFile } from '../setup/shared.js';

const RELATIVE_TOLERANCE = 1e-9;

interface Expected {
  readonly rows: readonly { readonly features: object; readonly score: number }[];
}

describeWithShared('the model that ships', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('gives the scores of the Python pipeline for 200 real flights', async () => {
    const { rows } = JSON.parse(readFileSync(sharedFile('models/flight-delay/expected.json'), 'utf8')) as Expected;
    expect(rows).toHaveLength(200);
    const got = await Promise.all(
      rows.map(async ({ features }) => (await service.predict(features)).json() as Promise<{ score: number }>),
    );
    const errors = rows.map(({ score }, i) => Math.abs(got[i]!.score - score) / Math.max(1, Math.abs(score)));
    expect(Math.max(...errors)).toBeLessThanOrEqual(RELATIVE_TOLERANCE);
  });
});
