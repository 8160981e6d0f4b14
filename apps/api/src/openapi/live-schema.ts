import { expectation, type Feature, type FeatureType, type Signature } from '@app/core';
import type { OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type SchemaObject = Exclude<Schemas[string], { $ref: string }>;

const SCHEMA_NAME = 'PredictRequest';

/** Where the predict route's document finds the live model's features. */
export const PREDICT_REQUEST = `#/components/schemas/${SCHEMA_NAME}`;

/** The API's document with the features of the live model in it; an empty object of features where none is live. */
export function withLiveModel(document: OpenAPIObject, signature: Signature | undefined): OpenAPIObject {
  const schemas = { ...document.components?.schemas, [SCHEMA_NAME]: signature ? requestSchema(signature) : NO_MODEL };
  return { ...document, components: { ...document.components, schemas } };
}

const NO_MODEL: SchemaObject = {
  type: 'object',
  description: 'No model is live',
  additionalProperties: true,
  example: {},
};

/** The JSON schema of a predict request: each feature with its type, unit, range and a real example. */
export function requestSchema({ features, description }: Signature): SchemaObject {
  return {
    type: 'object',
    ...(description && { description }),
    properties: Object.fromEntries(features.map((feature) => [feature.name, featureSchema(feature)])),
    required: features.map(({ name }) => name),
    additionalProperties: false,
    example: Object.fromEntries(features.map((feature) => [feature.name, exampleOf(feature)])),
  };
}

const JSON_TYPES: Readonly<Record<FeatureType, SchemaObject>> = {
  double: { type: 'number', format: 'double' },
  integer: { type: 'integer', format: 'int64', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
  boolean: { type: 'boolean' },
  string: { type: 'string' },
};

function featureSchema(feature: Feature): SchemaObject {
  const schema = { ...JSON_TYPES[feature.type], description: describe(feature), example: exampleOf(feature) };
  const { range, categories, nullable, unit } = feature;
  return {
    ...schema,
    ...(range?.enforce && { minimum: range.min, maximum: range.max }),
    ...(range && { 'x-range': { min: range.min, max: range.max } }),
    ...(unit && { 'x-unit': unit }),
    ...(categories && { enum: [...categories] }),
    ...(nullable && { nullable: true }),
  };
}

function describe(feature: Feature): string {
  const { description } = feature;
  return description ? `${description}: ${expectation(feature)}` : expectation(feature);
}

function exampleOf({ example, range, categories, type }: Feature): string | number | boolean {
  return example ?? categories?.[0] ?? range?.min ?? PLAIN_EXAMPLES[type];
}

const PLAIN_EXAMPLES: Readonly<Record<FeatureType, string | number | boolean>> = {
  double: 0.5,
  integer: 1,
  boolean: true,
  string: 'a',
};
