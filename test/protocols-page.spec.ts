// The curl commands of docs/protocols.md, run as they stand there.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FLIGHT, startService, type TestService } from './setup/service.js';

const page = readFileSync(join(import.meta.dirname, '../docs/protocols.md'), 'utf8');
const commands = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, command]) => command!);

describe('docs/protocols.md', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it.each(commands)('has a command that answers the score: %s', async (command) => {
    const { score } = (await (await service.predict(FLIGHT)).json()) as { score: number };
    const env = { ...process.env, SCOREKEEPER_URL: service.url };
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
    expect(stdout).toContain(String(score));
  });
});
