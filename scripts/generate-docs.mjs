// Writes docs/configuration.md, .env.example and docs/errors.md from the code; with --check only says whether they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { httpErrors, statusCodes } from '../dist/apps/api/src/http/http.errors.js';
import { batchErrors } from '../dist/apps/api/src/inference/batch/batch.errors.js';
import { protocolErrors } from '../dist/apps/api/src/protocols/protocol.errors.js';
import { captureErrors } from '../dist/libs/capture/src/index.js';
import { comparisonErrors } from '../dist/libs/comparison/src/index.js';
import { convertErrors } from '../dist/libs/convert/src/index.js';
import { coreErrors } from '../dist/libs/core/src/index.js';
import { HTTP_STATUS, platformErrors, SETTINGS } from '../dist/libs/platform/src/index.js';
import { registryErrors } from '../dist/libs/registry/src/index.js';
import { runtimeErrors } from '../dist/libs/runtime/src/index.js';

const root = dirname(import.meta.dirname);
const settings = Object.values(SETTINGS);
const rooms = {
  core: coreErrors,
  platform: platformErrors,
  convert: convertErrors,
  runtime: runtimeErrors,
  registry: registryErrors,
  capture: captureErrors,
  comparison: comparisonErrors,
  api: { ...httpErrors, ...batchErrors, ...protocolErrors },
};

const pages = {
  'docs/configuration.md': configuration(),
  '.env.example': environmentFile(),
  'docs/errors.md': errors(),
};

function configuration() {
  const rows = settings.map(
    ({ variable, default: value, unit, description }) =>
      `| \`${variable}\` | ${value === '' ? '(empty)' : `\`${value}\``} | ${unit ?? ''} | ${description} |`,
  );
  return `# Configuration

Every setting is an environment variable. A wrong value stops the start with one line that names the variable.
This page and \`.env.example\` are generated from \`libs/platform/src/settings.ts\` (\`npm run generate\`).

| variable | default | unit | what it is |
|---|---|---|---|
${rows.join('\n')}
`;
}

function environmentFile() {
  return settings
    .map(({ variable, default: value, description }) => `# ${description}\n#${variable}=${value}\n`)
    .join('\n');
}

function errors() {
  const own = Object.entries(rooms).flatMap(([room, codes]) =>
    Object.entries(codes).map(
      ([code, { kind, meaning }]) => `| \`${code}\` | ${HTTP_STATUS[kind]} | ${room} | ${sentence(meaning)} |`,
    ),
  );
  const framework = Object.entries(statusCodes).map(
    ([status, { code, meaning }]) => `| \`${code}\` | ${status} | api | ${sentence(meaning)} |`,
  );
  const rows = [...new Set([...own, ...framework])].sort();
  return `# Errors

Every error is an RFC 9457 problem document (\`application/problem+json\`): \`type\`, \`title\`, \`status\`, \`detail\` (what was wrong and
what would be right), \`code\` (one of these, stable), \`instance\` (the request's id, also in the header \`X-Request-Id\` and in the log) and,
for features that do not fit, \`errors\` (feature, problem, expected). This page is generated from the code (\`npm run generate\`).

| code | status | room | meaning |
|---|---|---|---|
${rows.join('\n')}
`;
}

function sentence(text) {
  const capital = text[0].toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

const isCheck = process.argv.includes('--check');
for (const [path, text] of Object.entries(pages)) {
  if (!isCheck) writeFileSync(join(root, path), text);
  else if (readFileSync(join(root, path), 'utf8') !== text) stop(`${path} is not what the code says: npm run generate`);
}

function stop(message) {
  console.error(message);
  process.exitCode = 1;
}
