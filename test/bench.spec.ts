// The benchmark itself, in its shortest form: what it writes is whole, and nothing it sent has failed.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const SHORT = ['--rounds', '1', '--seconds', '1', '--concurrency', '1,4', '--rows', '50'];

describe('npm run bench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scorekeeper-bench-test-'));
  let tables: string[][][];
  beforeAll(async () => {
    await promisify(execFile)(process.execPath, ['bench/bench.mjs', ...SHORT, '--out', folder], { cwd: root });
    tables = tablesIn(readFileSync(join(folder, 'RESULTS.md'), 'utf8'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('measures the service and the reference in each scenario', () => {
    const [, one, four] = tables;
    for (const table of [one!, four!]) expect(table.map(([service]) => service)).toEqual(['reference', 'Scorekeeper']);
  });

  it('has a number in every cell, and no failed request', () => {
    const [, ...measured] = tables;
    for (const row of measured.slice(0, -1).flat()) {
      const numbers = row.slice(1).map((cell) => Number(cell.replaceAll(',', '')));
      expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
      expect(numbers[0]).toBeGreaterThan(0);
      expect(numbers.at(-1)).toBe(0);
    }
  });

  it('tells the memory of the server and of the server with its database', () => {
    const [, serverMb, treeMb] = tables
      .at(-1)!
      .find(([service]) => service === 'Scorekeeper')!
      .map(Number);
    expect(treeMb).toBeGreaterThan(serverMb!);
  });
});

/** Each Markdown table as rows of cells, without its head. */
function tablesIn(markdown: string): string[][][] {
  const tables = markdown.split(/\n\n/).filter((part) => part.startsWith('|'));
  return tables.map((part) => part.trim().split('\n').slice(2).map(cellsOf));
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
