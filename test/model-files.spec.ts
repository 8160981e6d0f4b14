import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

it('has docs/model-files.md as the code and the measured errors say', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-model-files.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
