import { FLIGHT, startService, type TestService } from '../setup/service.js';

const RECORDS = 25;

describe('GET /model/history/', () => {
  let service: TestService;
  const ids: string[] = [];
  beforeAll(async () => {
    service = await startService();
    for (let i = 0; i < RECORDS; i++) {
      const answer = await service.predict({ ...FLIGHT, distance: 100 + i });
      ids.push(((await answer.json()) as { id: string }).id);
    }
  });
  afterAll(() => service.stop());

  const idsOf = async (query: string): Promise<string[]> =>
    (await service.history(query)).history.map(({ _id }) => _id);

  it('gives the whole list, oldest first, with and without the trailing slash', async () => {
    expect(await idsOf('')).toEqual(ids);
    const bare = (await (await service.fetch('/model/history')).json()) as { history: unknown[] };
    expect(bare.history).toHaveLength(RECORDS);
  });

  it('gives it newest first where that is asked for', async () => {
    expect(await idsOf('?order=desc')).toEqual(ids.toReversed());
  });

  it.each(['asc', 'desc'])('pages through all of it, %s, without a gap or a repetition', async (order) => {
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 10 && after !== 'end'; page++) {
      const { history, next } = await service.history(`?order=${order}&limit=10${after && `&after=${after}`}`);
      seen.push(...history.map(({ _id }) => _id));
      after = next ?? 'end';
    }
    expect(seen).toEqual(order === 'asc' ? ids : ids.toReversed());
  });

  it('has no next on a last page that is full', async () => {
    expect(await service.history(`?limit=${RECORDS}`)).not.toHaveProperty('next');
  });

  it('filters by model', async () => {
    expect(await idsOf('?model=flight-delay')).toHaveLength(RECORDS);
    expect(await idsOf('?model=other')).toEqual([]);
  });

  it('filters by time: from is the first moment, to the first that is not wanted', async () => {
    const { history } = await service.history();
    const middle = String(history[10]!['datetime']);
    const [before, from] = [await idsOf(`?to=${middle}`), await idsOf(`?from=${middle}`)];
    expect([...before, ...from]).toEqual(ids);
    expect(from).toContain(ids[10]);
    expect(before).not.toContain(ids[10]);
  });

  it.each(['?from=0001-01-01', '?to=9999-12-31', '?from=1969-12-31T23:00:00Z'])(
    'takes a moment that no record can have: %s',
    async (query) => {
      expect(await idsOf(query)).toHaveLength(RECORDS);
    },
  );
});
