import { FLIGHT, jsonPost, startService, type TestService } from '../setup/service.js';

const RECORDS = 25;
// Of a batch, which the database has as one document.
const [FIRST_OF_BATCH, BEHIND_BATCH] = [12, 20];
const flight = (record: number): object => ({ ...FLIGHT, distance: 100 + record });

describe('GET /model/history/', () => {
  let service: TestService;
  const ids: string[] = [];
  beforeAll(async () => {
    service = await startService();
    for (let i = 0; i < FIRST_OF_BATCH; i++) await predict(i);
    await predictBatch(FIRST_OF_BATCH, BEHIND_BATCH);
    for (let i = BEHIND_BATCH; i < RECORDS; i++) await predict(i);
  });
  afterAll(() => service.stop());

  async function predict(record: number): Promise<void> {
    const answer = await service.predict(flight(record));
    ids.push(((await answer.json()) as { id: string }).id);
  }

  async function predictBatch(from: number, to: number): Promise<void> {
    const rows = Array.from({ length: to - from }, (_, i) => flight(from + i));
    const answer = await service.fetch('/model/predict/batch/', jsonPost(rows));
    ids.push(...((await answer.json()) as { id: string }[]).map(({ id }) => id));
  }

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

  it('shows each row of a batch as a record like any other', async () => {
    const { history } = await service.history();
    const [alone, ofBatch] = [history[0]!, history[FIRST_OF_BATCH + 3]!];
    expect(Object.keys(ofBatch)).toEqual(Object.keys(alone));
    expect(history.map(({ features }) => features)).toEqual(ids.map((_, i) => flight(i)));
    expect(ofBatch).toMatchObject({ model: 'flight-delay', model_version: 1, datetime: history[FIRST_OF_BATCH]!['datetime'] }); // prettier-ignore
  });

  it.each([
    ['asc', 10],
    ['desc', 10],
    ['asc', 3],
    ['desc', 3],
    ['asc', 1],
    ['desc', 1],
  ])('pages through all of it, %s by %i, without a gap or a repetition', async (order, limit) => {
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page <= RECORDS && after !== 'end'; page++) {
      const { history, next } = await service.history(`?order=${order}&limit=${limit}${after && `&after=${after}`}`);
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

  it.each([10, 15])('filters by time: from is the first moment, to the first that is not wanted (%i)', async (at) => {
    const { history } = await service.history();
    const middle = String(history[at]!['datetime']);
    const [before, from] = [await idsOf(`?to=${middle}`), await idsOf(`?from=${middle}`)];
    expect([...before, ...from]).toEqual(ids);
    expect(from).toContain(ids[at]);
    expect(before).not.toContain(ids[at]);
  });

  it.each(['?from=0001-01-01', '?to=9999-12-31', '?from=1969-12-31T23:00:00Z'])(
    'takes a moment that no record can have: %s',
    async (query) => {
      expect(await idsOf(query)).toHaveLength(RECORDS);
    },
  );
});
