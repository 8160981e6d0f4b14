// The commands and the answers of README.md, run as they stand there.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startService, type TestService } from './setup/service.js';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text!.trim());

describe('README.md', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ MODELS_DIR: join(root, 'models') });
  });
  afterAll(() => service.stop());

  // Never the synchronous form: this process serves what they ask.
  const run = async (command: string, ...args: string[]): Promise<string> => {
    const env = { ...process.env, SCOREKEEPER_URL: service.url };
    return (await promisify(execFile)(command, args, { cwd: root, env })).stdout;
  };

  it('has a first prediction that is answered with the score that it shows', async () => {
    const command = blocks('sh').find((block) => block.includes('/model/predict/'))!;
    const [, body] = /-d '([^']+)'/.exec(command)!;
    const answer = await service.fetch('/model/predict/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body!,
    });
    const shown = JSON.parse(blocks('json')[0]!) as { score: number };
    expect(await answer.json()).toMatchObject({ score: shown.score, model_version: 1 });
  });

  it('names npm commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name]) => name!);
    expect(
      named.filter((name) => !(name in scripts) && !/^(and|nothing|see|it|since|that|install)$/.test(name)),
    ).toEqual([]);
  });

  it('points only to files that are there', () => {
    const links = [...readme.matchAll(/\]\(((?!http)[^)#]+)/g)].map(([, path]) => path!);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('has a script for each route that works', async () => {
    const script = async (name: string, ...args: string[]): Promise<unknown> =>
      JSON.parse((await run(join('scripts/curl', name), ...args)).trim().split('\n').at(-1)!);
    expect(await script('health.sh')).toMatchObject({ models: { 'flight-delay': 1 } });
    expect(await script('predict.sh')).toMatchObject({ model_version: 1 });
    expect(await script('load.sh', 'models/flight-delay/1/model.pkl')).toMatchObject({ model_version: 3 });
    expect(await script('history.sh', '1')).toMatchObject({ history: [{ model: 'flight-delay' }] });
  });

  it('sends traffic with scripts/traffic.mjs', async () => {
    const stdout = await run(
      process.execPath,
      'scripts/traffic.mjs',
      '--rows',
      '50',
      '--rate',
      '200',
      '--url',
      service.url,
    );
    expect(stdout).toContain('50/50 answered, 0 refused, 0 failed');
  });
});
