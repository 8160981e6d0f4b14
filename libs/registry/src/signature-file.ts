import { type Feature, ServingError, type Signature } from '@app/core';

const FEATURE_TYPES = ['double', 'integer', 'string', 'boolean'];
const TASKS = ['regression', 'binary', 'multiclass', 'outlier', 'clustering', 'transform'];

/**
 * The signature in a model.json, laid over what the model file itself says: names, types, units, ranges and examples are
 * the given ones, in the file's order. Throws SIGNATURE_INVALID where it is none or does not fit the file.
 */
export function overlaySignature(own: Signature, json: string): Signature {
  const given = parse(json);
  const features = listOf(given['features']).map(checkFeature);
  if (features.length !== own.features.length) {
    throw invalid(`it has ${features.length} features, and the model file has ${own.features.length}`);
  }
  if (given['task'] !== undefined && given['task'] !== own.task) {
    throw invalid(`its task is not the model file's, ${own.task} (of ${TASKS.join(', ')})`);
  }
  return { ...own, ...optionalTexts(given), output: { ...own.output, ...optionalOutput(given['output']) }, features };
}

type Json = Readonly<Record<string, unknown>>;

function parse(json: string): Json {
  try {
    return objectOf(JSON.parse(json), 'the signature');
  } catch (cause) {
    throw cause instanceof ServingError ? cause : invalid('it is not JSON');
  }
}

function checkFeature(value: unknown, index: number): Feature {
  const feature = objectOf(value, `feature ${index}`);
  const { name, type } = feature;
  if (typeof name !== 'string' || name === '' || name.includes('\0')) throw invalid(`feature ${index} has no name`);
  if (!FEATURE_TYPES.includes(type as string))
    throw invalid(`feature ${name} has no type of ${FEATURE_TYPES.join(', ')}`);
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
