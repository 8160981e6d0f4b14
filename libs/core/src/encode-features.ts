import { checkFeature } from './check-feature.js';
import { type ErrorCodes, type FeatureProblem, ServingError } from './serving-error.js';
import type { Feature, Signature } from './signature.js';
import type { Rows } from './tensor.js';

/** Named features as a caller sends them: any order, nothing checked yet. */
export type NamedFeatures = Readonly<Record<string, unknown>>;

/** One row in signature order, and a sentence for each value outside what training saw. */
export interface EncodedRow {
  readonly rows: Rows;
  readonly warnings: readonly string[];
}

/** Error codes of this room. */
export const coreErrors = {
  FEATURES_INVALID: { kind: 'invalid-input', meaning: 'The features do not fit the signature of the model.' },
} as const satisfies ErrorCodes;

const MOST_PROBLEMS = 50;
const MOST_NAMES = 50;

/** Encodes named features by a signature; throws FEATURES_INVALID with every feature that does not fit. */
export function encodeFeatures(signature: Signature, given: NamedFeatures): EncodedRow {
  const row = emptyRow(signature);
  const warnings: string[] = [];
  const problems = unknownFeatures(signature, given);
  for (const [index, feature] of signature.features.entries()) {
    const checked = checkFeature(feature, valueOf(given, feature));
    if ('problem' in checked) problems.push(checked.problem);
    else put(row, index, checked.value);
    if ('warning' in checked && checked.warning) warnings.push(checked.warning);
  }
  if (problems.length > 0) throw featuresInvalid(signature, problems);
  return { rows: { count: 1, width: signature.features.length, ...row }, warnings };
}

interface Row {
  readonly numbers: Float64Array;
  readonly texts: string[];
}

function emptyRow({ features }: Signature): Row {
  const hasText = features.some((feature) => feature.type === 'string');
  const texts = hasText ? Array<string>(features.length).fill('') : [];
  return { numbers: new Float64Array(features.length).fill(NaN), texts };
}

function put(row: Row, index: number, value: number | string): void {
  if (typeof value === 'string') row.texts[index] = value;
  else row.numbers[index] = value;
}

// Only own keys count: a feature called `constructor` must not find Object's.
function valueOf(given: NamedFeatures, feature: Feature): unknown {
  return Object.hasOwn(given, feature.name) ? given[feature.name] : undefined;
}

function unknownFeatures(signature: Signature, given: NamedFeatures): FeatureProblem[] {
  const known = new Set(signature.features.map((feature) => feature.name));
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  return unknown.map((name) => ({
    feature: name.slice(0, 256),
    problem: 'is not a feature of the model',
    expected: `only: ${names(signature)}`,
  }));
}

function featuresInvalid(signature: Signature, problems: readonly FeatureProblem[]): ServingError {
  const [first] = problems;
  const more = problems.length > 1 ? `; and ${problems.length - 1} more` : '';
  const expects = `the model expects ${signature.features.length} features: ${names(signature)}`;
  const message = `feature ${JSON.stringify(first!.feature)} ${first!.problem}, expected ${first!.expected}${more}; ${expects}`;
  return new ServingError('invalid-input', 'FEATURES_INVALID', message, { problems: problems.slice(0, MOST_PROBLEMS) });
}

function names(signature: Signature): string {
  const all = signature.features.map((feature) => feature.name);
  return all.length <= MOST_NAMES ? all.join(', ') : `${all.slice(0, MOST_NAMES).join(', ')}, …`;
}
