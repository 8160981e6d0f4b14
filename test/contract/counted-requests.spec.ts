import { FLIGHT, startService, type TestService } from '../setup/service.js';

const JSON_TYPE = 'application/json';
const NDJSON = 'application/x-ndjson';
const FLIGHT_TEXT = JSON.stringify(FLIGHT);
const BATCH = '/model/predict/batch/';

describe('scorekeeper_prediction_requests_total', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it.each([
    ['a row', '/model/predict/', JSON_TYPE, FLIGHT_TEXT, 200],
    ['a row that does not fit', '/model/predict/', JSON_TYPE, '{}', 422],
    ['a batch that is here in one piece', BATCH, JSON_TYPE, `[${FLIGHT_TEXT}]`, 200],
    ['a batch that streams', BATCH, NDJSON, FLIGHT_TEXT, 200],
    ['a batch with a wrong query', `${BATCH}?version=first`, NDJSON, FLIGHT_TEXT, 400],
    ['a batch in no form that is taken', BATCH, 'application/xml', '<row/>', 415],
    ['an invocation', '/invocations', JSON_TYPE, JSON.stringify({ dataframe_records: [FLIGHT] }), 200],
  ])('counts %s once', async (_, path, type, body, status) => {
    const before = await countOf(service, status);
    const answer = await service.fetch(path, { method: 'POST', headers: { 'content-type': type }, body });
    await answer.text();
    expect([answer.status, (await countOf(service, status)) - before]).toEqual([status, 1]);
  });
});

async function countOf(service: TestService, status: number): Promise<number> {
  const metrics = await (await service.fetch('/metrics')).text();
  const counted = new RegExp(`^scorekeeper_prediction_requests_total\\{status="${status}"\\} (\\d+)$`, 'm').exec(
    metrics,
  );
  return Number(counted?.[1] ?? 0);
}
