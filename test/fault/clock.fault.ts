// A clock that jumps back an hour while the service runs.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { emptyDataDir, removeDataDir } from '../setup/data-dir.js';
import { type ServiceProcess, startProcess } from '../setup/process.js';
import { FLIGHT, jsonPost } from '../setup/service.js';
import { historyOf, until } from './kept.js';

const CLOCK = pathToFileURL(join(import.meta.dirname, 'clock-jump.mjs')).href;
const HOW_MANY = 20;
const SECOND_MS = 1000;

describe('when the clock jumps back an hour', () => {
  const dataDir = emptyDataDir();
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startProcess(dataDir, { NODE_OPTIONS: `--import ${CLOCK}` });
  });
  afterAll(async () => {
    await service.end('SIGTERM');
    removeDataDir(dataDir);
  });

  it('keeps the history in the order of the answers, with times that fit the ids and never run backwards', async () => {
    const before = await predictSome();
    service.child.kill('SIGUSR2');
    await until(() => service.output().includes('the clock has jumped'), 5_000);
    const answered = [...before, ...(await predictSome())];
    const history = await historyOf(service);
    expect(history.map(({ _id }) => _id)).toEqual(answered);
    const times = history.map(({ datetime }) => Date.parse(datetime as string));
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    expect(times.filter((time, i) => Math.abs(time - timeOf(answered[i]!)) > SECOND_MS)).toEqual([]);
  });

  async function predictSome(): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < HOW_MANY) {
      const answer = await fetch(`${service.url}/model/predict/`, jsonPost(FLIGHT));
      ids.push(((await answer.json()) as { id: string }).id);
    }
    return ids;
  }
});

// The first four bytes of an id are its seconds since 1970.
function timeOf(id: string): number {
  return parseInt(id.slice(0, 8), 16) * SECOND_MS + SECOND_MS / 2;
}
