import { ConversionRefused } from '../../../libs/convert/src/conversion-refused.js';
import { convertPickle } from '../../../libs/convert/src/convert-pickle.js';
import type { Converted } from '../../../libs/convert/src/converted.js';
import { comparisons, errorOf } from './compare.js';
import { readExpected, readInputs, readModel, type PickleCase } from './corpus.js';
import { encodeRows, RowsRefused } from './encode-rows.js';
import { score } from './score.js';

/** What became of a case. */
export interface Outcome {
  readonly case: PickleCase;
  readonly result: 'right' | 'refused' | 'wrong';
  readonly detail: string;
}

/** Converts a case, runs it in ONNX Runtime and compares with what the library answered. */
export async function runCase(each: PickleCase): Promise<Outcome> {
  try {
    const converted = convertPickle(readModel(each));
    const problems = each.tier >= 4 ? hostileProblems(each) : await problemsOf(each, converted);
    return { case: each, result: problems.length === 0 ? 'right' : 'wrong', detail: problems.join('; ') };
  } catch (error) {
    const isRefusal = error instanceof ConversionRefused || error instanceof RowsRefused;
    return { case: each, result: isRefusal ? 'refused' : 'wrong', detail: String((error as Error).message) };
  }
}

/** Harmless and hostile files hold no model that could be compared; some hold one that is whole, and bytes behind it. */
function hostileProblems({ expect }: PickleCase): string[] {
  return expect === 'refuse' ? ['converted'] : [];
}

async function problemsOf(each: PickleCase, converted: Converted): Promise<string[]> {
  const parts = await score(converted, encodeRows(converted, readInputs(each)));
  const compared = comparisons(converted, parts, readExpected(each));
  const errors = compared.map((comparison) => ({ method: comparison.method, error: errorOf(comparison) }));
  const problems = errors
    .filter(({ error }) => !(error <= each.rtol))
    .map(({ method, error }) => `${method} is off by ${error}`);
  return [...problems, ...(await checkProblems(converted))];
}

/** The self-check that goes with a model must hold for its graph. */
async function checkProblems(converted: Converted): Promise<string[]> {
  const { check } = converted;
  if (!check) return [];
  const parts = await score(converted, check.rows);
  const got = parts.score ?? parts.probabilities ?? parts.decision;
  const expected = Array.from(check.expected, (value) => (Number.isNaN(value) ? null : value));
  const error = errorOf({ method: 'check', got, expected });
  return error <= check.relativeTolerance ? [] : [`the self-check is off by ${error}`];
}
