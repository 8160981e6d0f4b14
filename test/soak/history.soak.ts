// A million records through GET /model/history/: the service's memory stays flat, and a client that goes away stops the cursor.
import { readFileSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import mongoose, { Types } from 'mongoose';
import { emptyDataDir } from '../setup/data-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { FLIGHT } from '../setup/service.js';

const RECORDS = 1_000_000;
const AT_A_TIME = 10_000;
// The records held at once would take more than 1,000 MB; what the garbage collector has not come round to is less than this.
const MOST_GROWTH_MB = 300;
const BRACE = '}'.charCodeAt(0);

describe('the history of a million predictions', () => {
  const dataDir = emptyDataDir();
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startProcess(dataDir);
    await insertRecords(uriIn(dataDir));
  });
  afterAll(async () => {
    await service.end('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is streamed whole while memory stays flat', async () => {
    await read(`${service.url}/model/history/?limit=10`);
    const before = residentMb(service);
    let highest = before;
    const watch = setInterval(() => (highest = Math.max(highest, residentMb(service))), 100);
    const { records } = await read(`${service.url}/model/history/`).finally(() => clearInterval(watch));
    process.stderr.write(
      `1,000,000 records: resident memory ${before.toFixed(0)} MB before, ${highest.toFixed(0)} MB at most\n`,
    );
    expect(records).toBe(RECORDS);
    expect(highest - before).toBeLessThan(MOST_GROWTH_MB);
  });

  it('waits for a client that does not read, and stops when it goes away', async () => {
    const before = residentMb(service);
    const response = await new Promise<IncomingMessage>((resolve) => get(`${service.url}/model/history/`, resolve));
    response.pause();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(residentMb(service) - before).toBeLessThan(MOST_GROWTH_MB);
    response.destroy();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const busyBefore = cpuTicks(service);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    // A cursor that went on reading would keep a whole core busy: 100 ticks a second.
    expect(cpuTicks(service) - busyBefore).toBeLessThan(30);
  });
});

function uriIn(folder: string): string {
  return `mongodb://${encodeURIComponent(`${folder}/run/mongo.sock`)}/scorekeeper?directConnection=true`;
}

async function insertRecords(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri).asPromise();
  const captures = connection.collection('data_capture');
  for (let at = 0; at < RECORDS; at += AT_A_TIME) {
    const group = Array.from({ length: AT_A_TIME }, () => ({
      _id: new Types.ObjectId(),
      features: FLIGHT,
      score: 10.6,
      datetime: new Date(),
      model: 'flight-delay',
      model_version: 1,
    }));
    await captures.insertMany(group, { ordered: false });
  }
  await connection.close();
}

async function read(url: string): Promise<{ records: number }> {
  const response = await fetch(url);
  let braces = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) braces += closingBraces(chunk);
  // Two of each record, its own and its features', and one of the whole.
  return { records: (braces - 1) / 2 };
}

function closingBraces(chunk: Uint8Array): number {
  let found = 0;
  for (let i = chunk.indexOf(BRACE); i >= 0; i = chunk.indexOf(BRACE, i + 1)) found++;
  return found;
}

function residentMb({ child }: ServiceProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024;
}

function cpuTicks({ child }: ServiceProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
