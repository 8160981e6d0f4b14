import { jest } from '@jest/globals';
import { type CapturedRows, CaptureJournal, CaptureRecorder, DataCapture, DataCaptureSchema } from '@app/capture';
import { recordsIn, type StoredCapture } from '@app/capture/records';
import { DatabaseAddress } from '@app/database';
import { Journal } from '@app/journal';
import { Settings, Workers } from '@app/platform';
import mongoose, { type Connection, type Model } from 'mongoose';
import { emptyDataDir } from '../../../test/setup/data-dir.js';
import { testDatabaseUri } from '../../../test/setup/test-database.js';

const NOWHERE = 'mongodb://127.0.0.1:9/test';

const rowsOf = (...distances: number[]): CapturedRows => ({
  columns: [{ name: 'distance', type: 'integer' }],
  rows: { count: distances.length, width: 1, numbers: Float64Array.from(distances), texts: [] },
  predictions: distances.map((distance) => ({ score: distance / 2 })),
  model: 'flight-delay',
  version: 1,
  role: 'active',
  warnings: new Map(),
});

const wideRows = (count: number, width: number): CapturedRows => ({
  ...rowsOf(...Array.from({ length: count }, (_, i) => i)),
  columns: Array.from({ length: width }, (_, i) => ({ name: `x${i}`, type: 'double' })),
  rows: { count, width, numbers: new Float64Array(count * width).fill(Math.PI), texts: [] },
});

const remarks = (...texts: string[]): CapturedRows => ({
  ...rowsOf(...texts.map((_, row) => row)),
  columns: [{ name: 'remark', type: 'string' }],
  rows: { count: texts.length, width: 1, numbers: new Float64Array(texts.length).fill(NaN), texts },
});

interface Recording {
  readonly journal: CaptureJournal;
  readonly recorder: CaptureRecorder;
}

describe('CaptureRecorder', () => {
  let connection: Connection;
  let captures: Model<DataCapture>;
  let dataDir: string;
  let open: Recording[];
  beforeEach(async () => {
    connection = await mongoose.createConnection(testDatabaseUri()).asPromise();
    await connection.dropDatabase();
    captures = connection.model<DataCapture>(DataCapture.name, DataCaptureSchema);
    dataDir = emptyDataDir();
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map(({ journal }) => journal.onApplicationShutdown()));
    await connection.close();
  });

  function start(environment: Record<string, string> = {}, uri = testDatabaseUri()): Recording {
    const settings = Settings.from({ DATA_DIR: dataDir, SHUTDOWN_TIMEOUT_MS: '1000', ...environment });
    const journal = new CaptureJournal(settings, new DatabaseAddress(uri), new Workers());
    journal.onModuleInit();
    const recording = { journal, recorder: new CaptureRecorder(journal, settings) };
    open.push(recording);
    return recording;
  }

  /** What the history would show, oldest first. */
  async function records(): Promise<DataCapture[]> {
    return (await captures.find().sort({ _id: 1 }).lean<StoredCapture[]>()).flatMap(recordsIn);
  }

  async function stop(recording: Recording): Promise<void> {
    open = open.filter((one) => one !== recording);
    await recording.journal.onApplicationShutdown();
  }

  it('brings rows with very long texts to the database, in entries that the shipping thread has memory for', async () => {
    const { recorder, journal } = start();
    const append = jest.spyOn(journal, 'append');
    const texts = Array.from({ length: 60 }, (_, row) => String(row % 10).repeat(1_000_000));
    const ids = await recorder.record(remarks(...texts));
    await journal.shipAll();
    expect(append.mock.calls.length).toBe(30);
    const found = await records();
    expect(found).toHaveLength(60);
    expect(String(found.at(-1)!._id)).toBe(ids!.at(59));
    expect(found.at(-1)!.features['remark']).toBe(texts[59]);
  });

  it.each([
    ['control characters and others', `${'\x01'.repeat(4_999_000)}€`],
    ['the widest characters', '€'.repeat(4_999_000)],
  ])('brings the longest text that it takes to the database: %s', async (_, remark) => {
    const { recorder, journal } = start();
    await recorder.record(remarks(remark));
    await journal.shipAll();
    expect((await records()).map(({ features }) => features['remark'] === remark)).toEqual([true]);
  });

  it('refuses a row whose record would be too large for the database, and none of those that came with it is kept', async () => {
    const { recorder, journal } = start();
    const refused = { kind: 'invalid-input', code: 'CAPTURE_TOO_LARGE' };
    await expect(recorder.record(remarks('a', 'x'.repeat(5_000_001), 'b'))).rejects.toMatchObject(refused);
    await expect(recorder.record(wideRows(2, 1_400_000))).rejects.toMatchObject(refused);
    await journal.shipAll();
    expect(await records()).toEqual([]);
    expect(recorder.isRefusing).toBe(false);
  });

  it('has a row in the database, under the id that it gave, once everything is shipped', async () => {
    const { recorder, journal } = start();
    const ids = await recorder.record(rowsOf(284));
    await journal.shipAll();
    expect(await captures.findById(ids!.at(0)).lean()).toMatchObject({
      features: { distance: 284 },
      score: 142,
      model: 'flight-delay',
      model_version: 1,
    });
  });

  it('brings a row to the database also where nobody asks for it', async () => {
    await start().recorder.record(rowsOf(284));
    while ((await captures.countDocuments()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('brings a row to the database that came while another was synced, though somebody asked for the state then', async () => {
    const { recorder, journal } = start({ CAPTURE: 'fsync' });
    const first = recorder.record(rowsOf(1));
    // It is written now, and being synced.
    await Promise.resolve();
    const second = recorder.record(rowsOf(2));
    journal.status();
    await Promise.all([first, second]);
    while ((await captures.countDocuments()) < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    // The shipping thread says so a moment later.
    while (journal.status().waitingRows > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('gives every row of a batch, and every one of many callers at once, a record of its own', async () => {
    const { recorder, journal } = start();
    const one = Array.from({ length: 500 }, (_, i) => recorder.record(rowsOf(i)));
    const many = await recorder.record(rowsOf(...Array.from({ length: 2500 }, (_, i) => 1000 + i)));
    await Promise.all(one);
    await journal.shipAll();
    const found = await records();
    expect(new Set(found.map(({ _id }) => String(_id))).size).toBe(3000);
    const wanted = found.find(({ _id }) => String(_id) === many!.at(2400));
    expect(wanted).toMatchObject({ features: { distance: 3400 }, score: 1700 });
  });

  it('has a batch in as few documents as the database can hold it in, however wide its rows are', async () => {
    const { recorder, journal } = start();
    await recorder.record(rowsOf(...Array.from({ length: 2500 }, (_, i) => i)));
    await recorder.record(wideRows(1000, 2000));
    await journal.shipAll();
    expect(await captures.countDocuments()).toBe(3 + 6);
    expect(await records()).toHaveLength(3500);
  });

  it('keeps what it cannot ship and ships it in the next life, each row once', async () => {
    const away = start({}, NOWHERE);
    const ids = await Promise.all([1, 2, 3].map((i) => away.recorder.record(rowsOf(i))));
    expect(away.journal.status()).toMatchObject({ waitingRows: 3, shippedRows: 0 });
    await stop(away);
    for (let life = 0; life < 2; life++) {
      const back = start();
      await back.recorder.record(rowsOf(9));
      await back.journal.shipAll();
      await stop(back);
    }
    expect(await captures.countDocuments({ _id: { $in: ids.map((range) => range!.at(0)) } })).toBe(3);
    expect(await captures.countDocuments()).toBe(5);
  });

  it('ships again what the database has already: its first try was lost on the way back', async () => {
    const away = start({}, NOWHERE);
    const [one, two] = [await away.recorder.record(rowsOf(1)), await away.recorder.record(rowsOf(2, 3))];
    await stop(away);
    const ids = [one!.at(0), two!.at(0)].map((id) => new mongoose.Types.ObjectId(id));
    await captures.collection.insertMany(ids.map((_id) => ({ _id, score: 0.5 })));
    const back = start();
    await back.journal.shipAll();
    expect(await captures.countDocuments()).toBe(2);
  });

  it('refuses when the journal is full, and takes more when the database is back', async () => {
    const away = start({ JOURNAL_MAX_BYTES: '65536' }, NOWHERE);
    const many = rowsOf(...Array.from({ length: 500 }, (_, i) => i));
    const fill = async (): Promise<void> => {
      for (let i = 0; i < 100; i++) await away.recorder.record(many);
    };
    await expect(fill()).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'CAPTURE_UNAVAILABLE',
      retryAfterSeconds: 1,
    });
    const { waitingRows } = away.journal.status();
    await expect(fill()).rejects.toThrow('cannot be kept');
    expect(away.journal.status().waitingRows).toBe(waitingRows);
    await stop(away);
    const back = start({ JOURNAL_MAX_BYTES: '65536' });
    await back.journal.shipAll();
    await back.recorder.record(rowsOf(7));
  });

  it('takes a request that fills most of the journal again and again, as soon as the one before is in the database', async () => {
    const { recorder } = start({ JOURNAL_MAX_BYTES: '65536' });
    const large = rowsOf(...Array.from({ length: 3000 }, (_, i) => i));
    for (let kept = 0; kept < 3;) {
      const ids = await recorder.record(large).catch(() => undefined);
      if (ids) kept++;
      else await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  it('lets the history wait for what is left of others, also after a folder of theirs could not be tidied up', async () => {
    const [first, second] = [start({}, NOWHERE), start({}, NOWHERE)];
    await second.recorder.record(rowsOf(1));
    for (const each of [first, second]) await stop(each);
    let failures = 0;
    const release = jest.spyOn(Journal.prototype, 'release').mockImplementation(async ({ segment }) => {
      if (segment === Infinity && failures++ === 0) throw new Error('EMFILE');
    });
    const { journal } = start();
    await journal.settle();
    await journal.settle();
    expect(failures).toBeGreaterThan(0);
    release.mockRestore();
    expect(await records()).toHaveLength(1);
  });

  it.each<Record<string, string>>([{ CAPTURE: 'async' }, { CAPTURE_WHEN_FULL: 'drop' }])(
    'answers on when the journal is full, and counts, with %j',
    async (environment) => {
      const { recorder } = start({ JOURNAL_MAX_BYTES: '65536', ...environment }, NOWHERE);
      const many = rowsOf(...Array.from({ length: 500 }, (_, i) => i));
      for (let i = 0; i < 20; i++) await recorder.record(many);
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(recorder.droppedRows).toBeGreaterThan(0);
    },
  );

  it('keeps nothing with CAPTURE=off, and a share of the requests with CAPTURE_SHARE', async () => {
    expect(await start({ CAPTURE: 'off' }).recorder.record(rowsOf(1))).toBeUndefined();
    const { recorder } = start({ CAPTURE_SHARE: '0.25' });
    const kept = await Promise.all(Array.from({ length: 2000 }, (_, i) => recorder.record(rowsOf(i))));
    const share = kept.filter((ids) => ids !== undefined).length / kept.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.06);
  });

  it('ships what a process that was killed left in a folder of its own', async () => {
    const [first, second] = [start({}, NOWHERE), start({}, NOWHERE)];
    await Promise.all([first, second].map(({ recorder }) => recorder.record(rowsOf(1))));
    await stop(first);
    await stop(second);
    const only = start();
    await only.journal.shipAll();
    for (let i = 0; i < 100 && (await captures.countDocuments()) < 2; i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await captures.countDocuments()).toBe(2);
  });
});
