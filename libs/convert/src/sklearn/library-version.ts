import { libraryVersion, type PyObject } from '../pickle/index.js';
import { unsupported } from '../trees/index.js';

const OLDEST = '0.24';
const NEWEST = '1.9';

/** Whether the file says that scikit-learn was older than `release` ('1.1'). */
export function isOlderThan(object: PyObject, release: string): boolean {
  const version = libraryVersion(object);
  return version !== undefined && rank(version) < rank(release);
}

/** Refuses versions before those that are known, and says what is later than those. */
export function checkVersion(version: string | undefined): string | undefined {
  if (version === undefined) return undefined;
  if (!(rank(version) >= rank(OLDEST))) {
    unsupported(
      `scikit-learn ${version} is older than ${OLDEST}`,
      'Train and save the model with a newer scikit-learn',
    );
  }
  if (rank(version) <= rank(NEWEST)) return undefined;
  return `scikit-learn ${version} is newer than the versions that are known (${OLDEST} to ${NEWEST}): compare a few scores.`;
}

/** 1.5.2 is 1005. */
function rank(version: string): number {
  const [major, minor] = version.split('.').map(Number);
  return major * 1000 + minor;
}
