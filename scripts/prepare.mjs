// Makes a checkout ready to run: installs what is missing, builds what has changed. Needs nothing but Node and npm.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const INSTALLED = join(root, 'node_modules', '.scorekeeper-installed');
const BUILT = join(root, 'dist', '.scorekeeper-built');
const SAY_EVERY_MS = 5000;

/** Installs and builds where needed; safe to call any number of times. */
export async function prepare() {
  checkNode();
  const lock = hashOf([join(root, 'package-lock.json'), join(root, 'package.json')]);
  if (read(INSTALLED) !== lock) await install(lock);
  const sources = changesOf([
    ...sourceFiles('apps'),
    ...sourceFiles('libs'),
    ...sourceFiles('proto'),
    join(root, 'tsconfig.json'),
  ]);
  if (read(BUILT) !== sources + lock) await build(sources + lock);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`Scorekeeper needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
}

async function install(stamp) {
  console.log('Installing dependencies (once; about a minute) …');
  const packages = () => (existsSync(join(root, 'node_modules')) ? readdirSync(join(root, 'node_modules')).length : 0);
  await run(
    npm(),
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    () => `${packages()} folders of packages so far`,
  );
  writeFileSync(INSTALLED, stamp);
}

async function build(stamp) {
  console.log('Building …');
  await run(process.execPath, [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build'], () => 'still building');
  mkdirSync(dirname(BUILT), { recursive: true });
  writeFileSync(BUILT, stamp);
}

// Its own console output passes through; a line now and then says that it is alive.
async function run(command, args, progress) {
  const started = Date.now();
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const timer = setInterval(
    () => console.log(`  … ${Math.round((Date.now() - started) / 1000)} s, ${progress()}`),
    SAY_EVERY_MS,
  );
  const code = await new Promise((resolve) => child.once('error', () => resolve(1)).once('close', resolve));
  clearInterval(timer);
  if (code !== 0) stop(`"${[command, ...args].join(' ')}" failed (exit code ${code}); its output is above.`);
}

function npm() {
  if (spawnSync('npm', ['--version'], { shell: process.platform === 'win32' }).status === 0) return 'npm';
  return stop('npm was not found on the PATH.');
}

function sourceFiles(folder) {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|json|proto)$/.test(entry.name) && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

// Sizes and times, not contents: every start waits for this.
function changesOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path} ${statSync(path).size} ${statSync(path).mtimeMs}\n`);
  return hash.digest('hex');
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}

if (process.argv[1] === import.meta.filename) await prepare();
