// A million rows through POST /model/predict/batch/: the service's memory stays bounded.
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { emptyDataDir } from '../setup/data-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { FLIGHT } from '../setup/service.js';

const ROWS = 1_000_000;
const AT_A_TIME = 1000;
const MOST_MB = 512;
const NEWLINE = '\n'.charCodeAt(0);

describe('a batch of a million rows of CSV', () => {
  const dataDir = emptyDataDir();
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startProcess(dataDir);
  });
  afterAll(async () => {
    await service.end('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is answered whole while memory stays bounded', async () => {
    const url = `${service.url}/model/predict/batch/`;
    const call = request(url, { method: 'POST', headers: { 'content-type': 'text/csv' } });
    const sending = pipeline(Readable.from(csv()), call);
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    let lines = 0;
    for await (const chunk of response) lines += countLines(chunk as Buffer);
    await sending;
    process.stderr.write(`1,000,000 rows: resident memory ${peakMb(service).toFixed(0)} MB at most\n`);
    expect(lines).toBe(ROWS + 1);
    expect(response.trailers).toEqual({ 'x-total-rows': String(ROWS), 'x-refused-rows': '0' });
    expect(peakMb(service)).toBeLessThan(MOST_MB);
  });
});

function* csv(): Generator<string> {
  yield `${Object.keys(FLIGHT).join(',')}\n`;
  for (let row = 0; row < ROWS; row += AT_A_TIME) {
    yield Array.from({ length: AT_A_TIME }, (_, at) => lineOf(row + at)).join('');
  }
}

function lineOf(row: number): string {
  return `${Object.values({ ...FLIGHT, distance: 80 + (row % 4000) }).join(',')}\n`;
}

function countLines(chunk: Buffer): number {
  return chunk.reduce((count, byte) => (byte === NEWLINE ? count + 1 : count), 0);
}

function peakMb({ child }: ServiceProcess): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))!;
  return Number(kilobytes) / 1024;
}
