import { FLIGHT, jsonPost, startService, type TestService } from '../setup/service.js';

describe('POST /model/predict/', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it.each(['/model/predict/', '/model/predict'])(
    'answers %s with a score, the version and the id of the record',
    async (path) => {
      const response = await service.fetch(path, jsonPost(FLIGHT));
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.json()).toEqual({
        score: expect.any(Number),
        model_version: 1,
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
      });
    },
  );

  it('takes features in any order', async () => {
    const backwards = Object.fromEntries(Object.entries(FLIGHT).toReversed());
    const scores = await Promise.all(
      [FLIGHT, backwards].map(async (f) => ((await (await service.predict(f)).json()) as { score: number }).score),
    );
    expect(scores[0]).toBe(scores[1]);
  });

  it('answers a value outside the training range and says so, in the answer and in the history', async () => {
    const answer = (await (await service.predict({ ...FLIGHT, distance: 9999 })).json()) as { warnings: string[] };
    expect(answer.warnings).toEqual([expect.stringContaining('distance: 9999 is outside the range 80 to 4983')]);
    const [newest] = (await service.history('?order=desc&limit=1')).history;
    expect(newest).toMatchObject({ warnings: answer.warnings });
  });

  it('keeps what it answered: features, score, time, model and id', async () => {
    const before = Date.now();
    const answer = (await (await service.predict(FLIGHT)).json()) as { id: string; score: number };
    const [newest] = (await service.history('?order=desc&limit=1')).history;
    expect(newest).toEqual({
      features: FLIGHT,
      score: answer.score,
      datetime: expect.any(String),
      model: 'flight-delay',
      model_version: 1,
      _id: answer.id,
    });
    expect(Date.parse(String(newest!['datetime']))).toBeGreaterThanOrEqual(before - 1);
  });

  it('gives every answer of many callers at once its own record', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => service.predict({ ...FLIGHT, distance: 100 + i })),
    );
    const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { id: string }).id));
    const { history } = await service.history('?order=desc&limit=200');
    expect(new Set(history.map(({ _id }) => _id))).toEqual(new Set(ids));
  });
});
