import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TRAINING = join(import.meta.dirname, '../../models/flight-delay/training');

interface Cell {
  readonly cell_type: 'markdown' | 'code';
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly { readonly output_type: string; readonly text?: string | readonly string[] }[];
}

// The figures of the original case, in the order of its questions; where its code and its question differ, both.
const ANSWERS: readonly (readonly string[])[] = [
  ['336,776'],
  ['8,255', '2.4512%'],
  ['12.639070257304708'],
  ['ATL    16873', 'ORD    16607', 'LAX    16058', 'BOS    15028', 'MCO    13979'],
  ['JFK to LAX    11262'],
  ['21.921', '20.116', '15.796', '15.557', '11.931'],
  ['Monday       50690'],
  ['12.69', '21.39', '17.83', '12.41', '20.98', '17.31'],
  ['JFK    2092'],
  ['14.779', '10.632', '11.804', '16.149', '14.696', '7.651', '11.590'],
  ['JFK to HNL    623.088'],
  ['EWR    ORD', 'JFK    LAX', 'LGA    ATL', '6100', '11262', '10263'],
  ['JFK to SFO    189', 'JFK to LAX    165', 'JFK to EGE    163'],
  ['117.947', '119.049'],
  ['871.10', '949.19', '907.58'],
  ['LGA to ATL    1563', 'JFK to LAX    1286', 'LGA to ORD    1188'],
  ['6100', '11262', '10263'],
];

describe('flight-delay.ipynb', () => {
  const { cells } = JSON.parse(readFileSync(join(TRAINING, 'flight-delay.ipynb'), 'utf8')) as { cells: Cell[] };
  const code = cells.filter((cell) => cell.cell_type === 'code');

  it.each(ANSWERS.map((figures, i) => [i + 1, figures] as const))(
    'answers question %i with figures from the data',
    (n, figures) => {
      const at = cells.findIndex((cell) => textOf(cell.source).startsWith(`## ${n}. `));
      const [, computed, answer] = cells.slice(at);
      for (const figure of figures) expect(printed(computed!)).toContain(figure);
      expect(textOf(answer!.source)).toMatch(/\*\*.+\*\*/s);
    },
  );

  it('was run from the first cell to the last, without an error', () => {
    expect(code.map((cell) => cell.execution_count)).toEqual(code.map((_, i) => i + 1));
    expect(code.flatMap((cell) => cell.outputs!).filter((output) => output.output_type !== 'stream')).toEqual([]);
  });

  it('shows the figures of report.json', () => {
    const report = JSON.parse(readFileSync(join(TRAINING, 'report.json'), 'utf8')) as {
      delay: Record<string, Record<string, { r2: number }>>;
    };
    const all = code.map(printed).join('\n');
    for (const models of Object.values(report.delay)) {
      expect(all).toContain(models["version 2's recipe"]!.r2.toFixed(3));
    }
  });

  it('holds no path of a machine and no flight: a tail number would be one', () => {
    const all = code.map(printed).join('\n');
    expect(all).not.toMatch(/(^|[\s'"])\/\w+\//);
    expect(all).not.toMatch(/\bN\d{2,5}[A-Z]{0,2}\b/);
  });
});

describe('requirements.txt', () => {
  it.each(['requirements.txt', 'requirements-notebook.txt'])('pins every library of %s to one release', (name) => {
    const lines = readFileSync(join(TRAINING, name), 'utf8').trim().split('\n');
    expect(lines.filter((line) => !/^([a-z\d-]+==[\d.]+|-r requirements\.txt)$/.test(line))).toEqual([]);
  });
});

function printed({ outputs = [] }: Cell): string {
  return outputs.map(({ text }) => textOf(text ?? '')).join('');
}

function textOf(source: string | readonly string[]): string {
  return typeof source === 'string' ? source : source.join('');
}
