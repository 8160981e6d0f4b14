import type { Feature, FeatureType } from './signature.js';
import type { FeatureProblem } from './serving-error.js';
import { MISSING_TEXT } from './tensor.js';

const INT64_LIMIT = 2 ** 63;
const LONGEST_SHOWN = 60;

/** A value as the model takes it, a warning where it lies outside what training saw, or the problem with it. */
export type CheckedValue =
  { readonly value: number | string; readonly warning?: string } | { readonly problem: FeatureProblem };

/** Checks one value of a request, `undefined` where it is missing, against its feature. */
export function checkFeature(feature: Feature, value: unknown): CheckedValue {
  if (value === undefined) return problem(feature, 'is missing');
  if (value === null || Number.isNaN(value)) return checkMissing(feature);
  const wrong = CHECKS[feature.type](value);
  if (wrong !== undefined) return problem(feature, wrong);
  return checkDomain(feature, typeof value === 'boolean' ? Number(value) : (value as number | string));
}

function checkMissing(feature: Feature): CheckedValue {
  if (!feature.nullable) return problem(feature, 'is null, and the model has no rule for a missing value');
  return { value: feature.type === 'string' ? MISSING_TEXT : NaN };
}

function checkDomain(feature: Feature, value: number | string): CheckedValue {
  if (feature.categories && !feature.categories.includes(value)) {
    return problem(feature, `${show(value)} is not one of its categories`);
  }
  if (typeof value === 'string' || !feature.range) return { value };
  const { min, max, enforce } = feature.range;
  if (value >= min && value <= max) return { value };
  const outside = `${value} is outside the range ${min} to ${max}`;
  return enforce ? problem(feature, outside) : { value, warning: `${feature.name}: ${outside} that training saw` };
}

const CHECKS: Readonly<Record<FeatureType, (value: unknown) => string | undefined>> = {
  double: checkNumber,
  integer: (value) => checkNumber(value) ?? checkInteger(value as number),
  boolean: (value) => (typeof value === 'boolean' ? undefined : `${show(value)} is not true or false`),
  string: (value) => (typeof value === 'string' ? checkText(value) : `${show(value)} is not a text`),
};

function checkNumber(value: unknown): string | undefined {
  if (typeof value !== 'number') return `${show(value)} is not a number`;
  return Number.isFinite(value) ? undefined : 'is beyond the range of a double';
}

function checkInteger(value: number): string | undefined {
  if (!Number.isInteger(value)) return `${value} is not a whole number`;
  if (Math.abs(value) >= INT64_LIMIT) return `${value} is out of the range of a 64-bit integer`;
  // JSON numbers are doubles: a larger one may already have been rounded to a neighbour.
  return Number.isSafeInteger(value) ? undefined : `${value} is too large to be held exactly`;
}

function checkText(value: string): string | undefined {
  if (value === MISSING_TEXT || value.includes('\0')) return `${show(value)} holds a character that is not taken`;
  return /\p{Surrogate}/u.test(value) ? 'holds half of a surrogate pair' : undefined;
}

/** What the feature takes, in words. */
export function expectation(feature: Feature): string {
  if (feature.categories) return `one of ${feature.categories.slice(0, 20).map(show).join(', ')}`;
  const unit = feature.unit ? ` (${feature.unit})` : '';
  const range = feature.range ? `, ${feature.range.min} to ${feature.range.max}` : '';
  return `${WORDS[feature.type]}${range}${unit}${feature.nullable ? ', or null' : ''}`;
}

const WORDS: Readonly<Record<FeatureType, string>> = {
  double: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  string: 'a text',
};

function problem(feature: Feature, text: string): CheckedValue {
  return { problem: { feature: feature.name, problem: text, expected: expectation(feature) } };
}

function show(value: unknown): string {
  const kind = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : undefined;
  if (kind) return kind;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
