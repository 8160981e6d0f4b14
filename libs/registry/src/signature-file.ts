import type { Converted } from '@app/convert';
import { type Feature, type FeatureType, firstTwice, ServingError, type Signature } from '@app/core';

const FEATURE_TYPES = ['double', 'integer', 'string', 'boolean'];
const TASKS = ['regression', 'binary', 'multiclass', 'outlier', 'clustering', 'transform'];

/**
 * The signature in a model.json, laid over what the model file itself says: names, types, units, ranges and examples are
 * the given ones, in the file's order, but nothing is taken that the model does not take. Throws SIGNATURE_INVALID where
 * it is none or does not fit the file.
 */
export function overlaySignature(file: DescribedFile, json: string): Signature {
  const own = file.signature;
  const given = parse(json);
  const described = listOf(given['features']).map(checkFeature);
  checkFit(given, described, own);
  if (file.namesFrom === 'file') checkOrder(described, own);
  const isUnknownGraph = file.understood.format === 'onnx';
  const features = own.features.map((feature, i) => laidOver(feature, described[i]!, isUnknownGraph));
  return { ...own, ...optionalTexts(given), output: { ...own.output, ...optionalOutput(given['output']) }, features };
}

/** What a model file says of itself. */
export type DescribedFile = Pick<Converted, 'signature' | 'understood' | 'namesFrom'>;

type Json = Readonly<Record<string, unknown>>;

function parse(json: string): Json {
  try {
    return objectOf(JSON.parse(json), 'the signature');
  } catch (cause) {
    throw cause instanceof ServingError ? cause : invalid('it is not JSON');
  }
}

function checkFit({ task }: Json, given: readonly Feature[], own: Signature): void {
  if (given.length !== own.features.length)
    throw invalid(`it has ${given.length} features, and the model file has ${own.features.length}`);
  if (task !== undefined && task !== own.task)
    throw invalid(`its task is not the model file's, ${own.task} (of ${TASKS.join(', ')})`);
  const twice = firstTwice(given.map(({ name }) => name));
  if (twice !== undefined) throw invalid(`it has two features ${JSON.stringify(twice)}`);
  own.features.forEach(({ type }, i) => checkType(given[i]!, type));
}

// Values go by place: under each other's names, columns would be swapped.
function checkOrder(given: readonly Feature[], own: Signature): void {
  const places = new Map(own.features.map(({ name }, at) => [name, at]));
  const moved = given.findIndex(({ name }, at) => (places.get(name) ?? at) !== at);
  if (moved < 0) return;
  const { name } = given[moved]!;
  throw invalid(
    `feature ${JSON.stringify(name)} is number ${moved + 1} in it, and ${places.get(name)! + 1} in the model file`,
  );
}

function checkType({ name, type }: Feature, own: FeatureType): void {
  if ((type === 'string') === (own === 'string')) return;
  throw invalid(`feature ${JSON.stringify(name)} is of type ${type}, and the model file takes ${own} there`);
}

// A rule for missing values holds only where it is asked for, and only where there is one: of an unknown graph nobody but
// the giver can know. Other categories than the file's the model would raise for.
function laidOver(
  { nullable: hasRule, categories, ...own }: Feature,
  given: Feature,
  isUnknownGraph: boolean,
): Feature {
  return {
    ...own,
    ...given,
    ...(given.nullable && { nullable: hasRule || isUnknownGraph }),
    ...(categories && { categories }),
  };
}

function checkFeature(value: unknown, index: number): Feature {
  const feature = objectOf(value, `feature ${index}`);
  const { name, type } = feature;
  if (typeof name !== 'string' || name === '' || name.includes('\0')) throw invalid(`feature ${index} has no name`);
  if (!FEATURE_TYPES.includes(type as string))
    throw invalid(`feature ${name} has no type of ${FEATURE_TYPES.join(', ')}`);
  // A text would be looked through for parts of it.
  if (feature['categories'] !== undefined && !Array.isArray(feature['categories']))
    throw invalid(`the categories of ${name} are no list`);
  if (feature['range'] !== undefined) checkRange(name, objectOf(feature['range'], `the range of ${name}`));
  return feature as unknown as Feature;
}

function checkRange(name: string, { min, max }: Json): void {
  if (!Number.isFinite(min) || !Number.isFinite(max)) throw invalid(`the range of ${name} needs a min and a max`);
}

function optionalTexts({ description }: Json): { description?: string } {
  return typeof description === 'string' ? { description } : {};
}

function optionalOutput(value: unknown): Partial<Signature['output']> {
  return value === undefined ? {} : (objectOf(value, 'the output') as Partial<Signature['output']>);
}

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw invalid('it has no list of features');
  return value;
}

function objectOf(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${what} is no object`);
  return value as Json;
}

function invalid(reason: string): ServingError {
  return new ServingError('malformed', 'SIGNATURE_INVALID', `the signature cannot be used: ${reason}`);
}
