import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describeWithLibraries, PYTHON } from './with-python.js';

interface Counts {
  readonly looked_at: number;
  readonly changed_by_later: number;
  readonly changed_by_earlier: number;
}

describeWithLibraries('what is known one hour before', () => {
  it('depends on what has happened by then, and on nothing that happens afterwards', () => {
    const printed = execFileSync(PYTHON, [join(import.meta.dirname, 'look_ahead.py')], { encoding: 'utf8' });
    const counts = JSON.parse(printed) as Counts;
    expect(counts.looked_at).toBeGreaterThan(100);
    expect(counts.changed_by_later).toBe(0);
    expect(counts.changed_by_earlier).toBeGreaterThan(100);
  });
});
