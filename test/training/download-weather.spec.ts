import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WeatherStub } from './weather-stub.js';

const SCRIPT = join(import.meta.dirname, '../../models/flight-delay/training/download_weather.py');
const KEY = 'key-of-the-test';
const NEWARK = 'EWR=40.6925,-74.1687';

interface Run {
  readonly code: number;
  readonly stderr: string;
}

describeWithPython('download_weather.py', () => {
  let stub: WeatherStub;
  let out: string;
  beforeEach(async () => {
    stub = await WeatherStub.start();
    out = join(mkdtempSync(join(tmpdir(), 'weather-')), 'weather.csv');
  });
  afterEach(() => stub.stop());

  // Never the synchronous form: this process is the service that is asked.
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = { WEATHERBIT_API_KEY: KEY }) =>
    new Promise<Run>((resolve) => {
      const all = [SCRIPT, '--out', out, '--base-url', stub.url, '--wait', '0.01', ...args];
      const options = { env: { PATH: process.env.PATH, ...env } };
      execFile('python3', all, options, (error, _, stderr) => resolve({ code: Number(error?.code ?? 0), stderr }));
    });
  const range = (start: string, end: string) => ['--start', start, '--end', end];
  const rows = () => readFileSync(out, 'utf8').trim().split('\n').slice(1);

  it('writes a line for each airport and day, from metric answers', async () => {
    expect(await run(range('2013-01-30', '2013-02-02'))).toEqual({ code: 0, stderr: '' });
    expect(readFileSync(out, 'utf8').split('\n')[0]).toBe('datetime,airport,clouds,pres,wind_spd,precip,snow');
    expect(rows()).toHaveLength(12);
    expect(rows()[11]).toBe('2013-02-02,LGA,93,1011,5.8,0.5,0');
  });

  it('asks for the place of the airport in spans of days, whose end is not included', async () => {
    await run([...range('2013-01-01', '2013-01-05'), '--airport', NEWARK, '--days', '3']);
    const place = { lat: '40.6925', lon: '-74.1687', units: 'M', key: KEY };
    expect(stub.asked.map((query) => Object.fromEntries(query))).toEqual([
      { ...place, start_date: '2013-01-01', end_date: '2013-01-04' },
      { ...place, start_date: '2013-01-04', end_date: '2013-01-06' },
    ]);
  });

  it('asks only for the days that its file lacks', async () => {
    await run([...range('2013-01-03', '2013-01-04'), '--airport', NEWARK]);
    await run([...range('2013-01-01', '2013-01-06'), '--airport', NEWARK]);
    const asked = stub.asked.map((query) => `${query.get('start_date')} ${query.get('end_date')}`);
    expect(asked).toEqual(['2013-01-03 2013-01-05', '2013-01-01 2013-01-03', '2013-01-05 2013-01-07']);
    expect(new Set(rows()).size).toBe(6);
  });

  it.each([429, 500, 503])('tries again after a %i', async (status) => {
    stub.failures = [status, status];
    expect(await run([...range('2013-01-01', '2013-01-01'), '--airport', NEWARK])).toEqual({ code: 0, stderr: '' });
    expect(stub.asked).toHaveLength(3);
    expect(rows()).toHaveLength(1);
  });

  it('gives up after the tries it may have, keeps what came, and goes on from there', async () => {
    stub.failures = [200, 503, 503, 503];
    const args = [...range('2013-01-01', '2013-01-02'), '--airport', NEWARK, '--days', '1', '--tries', '3'];
    const { code, stderr } = await run(args);
    expect({ code, asked: stub.asked.length, rows: rows().length }).toEqual({ code: 1, asked: 4, rows: 1 });
    expect(stderr).toMatch(/^Weatherbit failed 3 times, at last with: 503 .*the same command goes on from there\n$/);
    expect((await run(args)).code).toBe(0);
    expect(rows()).toHaveLength(2);
  });

  it('asks once where the key is refused, and does not print the key', async () => {
    stub.failures = [403];
    const { code, stderr } = await run(range('2013-01-01', '2013-01-01'));
    expect({ code, asked: stub.asked.length }).toEqual({ code: 1, asked: 1 });
    expect(stderr).toContain('Weatherbit answered 403');
    expect(stderr).not.toContain(KEY);
  });

  it('refuses an answer that lacks a day, naming it', async () => {
    stub.missingDay = '2013-01-02';
    const { code, stderr } = await run(range('2013-01-01', '2013-01-03'));
    expect(code).toBe(1);
    expect(stderr).toContain('no complete weather of EWR on 2013-01-02');
    expect(existsSync(out)).toBe(false);
  });

  it('names the variable of the key where it is not set', async () => {
    const { code, stderr } = await run(range('2013-01-01', '2013-01-01'), {});
    expect({ code, asked: stub.asked.length }).toEqual({ code: 1, asked: 0 });
    expect(stderr).toContain('WEATHERBIT_API_KEY is not set');
  });
});

function describeWithPython(name: string, tests: () => void): void {
  if (spawnSync('python3', ['--version']).status === 0) return describe(name, tests);
  process.stderr.write('skipped: download_weather.py needs python3, which is not here\n');
  describe.skip(name, tests);
}
