import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { modelsDirWith } from '../setup/models-dir.js';
import { startService } from '../setup/service.js';

const root = join(import.meta.dirname, '../..');

interface Feature {
  readonly name: string;
  readonly type: string;
  readonly nullable?: boolean;
}

/** Takes every prediction, and keeps where it was sent and what was in it. */
class ListeningService {
  readonly requests: { readonly path: string; readonly row: Readonly<Record<string, unknown>> }[] = [];
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      this.requests.push({ path: request.url!, row: JSON.parse(body) as Record<string, unknown> });
      response.end('{"score":1}');
    });
  });

  start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe('scripts/traffic.mjs', () => {
  let listener: ListeningService;
  beforeEach(async () => {
    listener = new ListeningService();
    await listener.start();
  });
  afterEach(() => listener.stop());

  it('sends all that version 1 or 2 takes, so that one can shadow the other', async () => {
    await traffic(listener.url, '--versions', '1,2');
    const names = new Set([...featuresOf('flight-delay/1'), ...featuresOf('flight-delay/2')].map(({ name }) => name));
    expect(names.size).toBe(26);
    for (const { path, row } of listener.requests) {
      expect(path).toBe('/model/predict/');
      expect(new Set(Object.keys(row))).toEqual(names);
    }
  });

  it('leaves no value out that version 1 needs, while version 2 meets missing ones', async () => {
    await traffic(listener.url, '--versions', '1,2');
    const rows = listener.requests.map(({ row }) => row);
    const missing = new Set(rows.flatMap((row) => Object.keys(row).filter((name) => row[name] === null)));
    expect(missing).toContain('aircraft_delay');
    const { missing: shares } = statisticsOf('flight-delay');
    expect(featuresOf('flight-delay/1').filter(({ name }) => name in shares)).toEqual([]);
    const nullable = featuresOf('flight-delay/2').filter((each) => each.nullable);
    expect([...missing].filter((name) => !nullable.some((each) => each.name === name))).toEqual([]);
  });

  it('draws the shares of texts and of missing values that training saw', async () => {
    await traffic(listener.url, '--model', 'flight-late');
    const rows = listener.requests.map(({ row }) => row);
    const { texts, missing } = statisticsOf('flight-late');
    const fromNewark = rows.filter(({ origin }) => origin === 'EWR').length / rows.length;
    const withoutAircraft = rows.filter((row) => row['aircraft_delay'] === null).length / rows.length;
    expect(fromNewark).toBeCloseTo(new Map(texts['origin']).get('EWR')!, 1);
    expect(withoutAircraft).toBeCloseTo(missing['aircraft_delay']!, 1);
  });

  it('asks a named model by its name', async () => {
    await traffic(listener.url, '--model', 'flight-late');
    expect(new Set(listener.requests.map(({ path }) => path))).toEqual(new Set(['/models/flight-late/predict/']));
  });

  it('sends the same rows for the same seed, and others for another', async () => {
    for (const seed of ['1', '1', '2']) await traffic(listener.url, '--versions', '2', '--seed', seed);
    const [first, second, third] = [0, 400, 800].map((at) => JSON.stringify(listener.requests.slice(at, at + 400)));
    expect(sorted(second!)).toEqual(sorted(first!));
    expect(sorted(third!)).not.toEqual(sorted(first!));
  });

  it('stops before it sends anything where a version is not in models/', async () => {
    const { code, stderr } = await traffic(listener.url, '--versions', '9');
    expect({ code, sent: listener.requests.length }).toEqual({ code: 1, sent: 0 });
    expect(stderr).toContain('give a model and versions that lie in models/');
  });

  it.each([
    ['flight-delay', 2, []],
    ['flight-late', 1, ['--model', 'flight-late']],
  ])('is taken by the service that has %s version %i live', async (model, version, more) => {
    const service = await startService({ MODELS_DIR: modelsDirWith(model, version) });
    const { stdout } = await traffic(service.url, ...more);
    await service.stop();
    expect(stdout).toContain('400/400 answered, 0 refused, 0 failed');
  });
});

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

// Never the synchronous form: this process is what is asked.
function traffic(url: string, ...more: string[]): Promise<Run> {
  const args = ['scripts/traffic.mjs', '--url', url, '--rows', '400', '--rate', '2000', ...more];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

// Requests overtake each other on their way.
function sorted(requests: string): string[] {
  return (JSON.parse(requests) as object[]).map((each) => JSON.stringify(each)).toSorted();
}

function featuresOf(version: string): readonly Feature[] {
  return (shipped(`${version}/model.json`) as { features: readonly Feature[] }).features;
}

interface Statistics {
  readonly texts: Readonly<Record<string, readonly (readonly [string, number])[]>>;
  readonly missing: Readonly<Record<string, number>>;
}

function statisticsOf(model: string): Statistics {
  return shipped(`${model}/statistics.json`) as Statistics;
}

function shipped(path: string): unknown {
  return JSON.parse(readFileSync(join(root, 'models', path), 'utf8'));
}
