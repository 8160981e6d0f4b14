// The commands of docs/tutorial.md, run in their order, with fewer flights: each is answered as the page shows.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startService, type TestService } from './setup/service.js';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/tutorial.md'), 'utf8');
const steps = [...page.matchAll(/```sh\n([^`]*)```\n+```(json|text)\n(.*?)```/gs)].map(([, command, kind, answer]) => ({
  command: command!.trim(),
  kind: kind!,
  answer: answer!.trim(),
}));

describe('docs/tutorial.md', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ MODELS_DIR: join(root, 'models') });
  });
  afterAll(() => service.stop());

  async function shadowsAreDone(): Promise<void> {
    const waiting = /^scorekeeper_shadow_waiting_rows [1-9]/m;
    while (waiting.test(await (await service.fetch('/metrics')).text())) await new Promise((go) => setTimeout(go, 50));
  }

  it('has commands', () => expect(steps.length).toBeGreaterThan(9));

  it.each(steps)('is right about $command', async ({ command, kind, answer }) => {
    await shadowsAreDone();
    const here = command
      .replaceAll('http://127.0.0.1:8000', service.url)
      .replace(/--rows \d+ --rate \d+/, `--rows 150 --rate 100 --url ${service.url}`);
    const { stdout } = await promisify(execFile)('sh', ['-c', here], { cwd: root });
    if (kind === 'text') expect(stdout).toContain(answer);
    else expect(JSON.parse(stdout)).toMatchObject(JSON.parse(answer) as object);
  });
});
