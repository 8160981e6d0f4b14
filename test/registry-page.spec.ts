// The commands of docs/registry.md, run in their order: each is answered as the page shows.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startService, type TestService } from './setup/service.js';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/registry.md'), 'utf8');
const steps = [...page.matchAll(/```sh\n(.*?)```\n+```json\n(.*?)```/gs)].map(([, command, answer]) => ({
  command: command!.trim(),
  answer: JSON.parse(answer!) as object,
}));

describe('docs/registry.md', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('has commands', () => expect(steps.length).toBeGreaterThan(8));

  it.each(steps)('is right about $command', async ({ command, answer }) => {
    const here = command.replaceAll('http://127.0.0.1:8000', service.url);
    const { stdout } = await promisify(execFile)('sh', ['-c', here], { cwd: root });
    expect(JSON.parse(stdout)).toMatchObject(answer);
  });
});
