import { COMPOSE } from './compose/index.js';
import type { ConverterFamily, ModelConverter, TransformerConverter } from './converter.js';
import { DECOMPOSITION } from './decomposition/index.js';
import { LINEAR } from './linear/index.js';
import { NAIVE_BAYES } from './naive-bayes/index.js';
import { NEURAL } from './neural/index.js';
import { PREPROCESSING } from './preprocessing/index.js';

const FAMILIES: readonly ConverterFamily[] = [PREPROCESSING, LINEAR, COMPOSE, DECOMPOSITION, NAIVE_BAYES, NEURAL];

/** What is converted as a model, by exact class name. */
export const MODELS: ReadonlyMap<string, ModelConverter> = new Map(
  FAMILIES.flatMap(({ models }) => [...(models ?? [])]),
);

/** What is converted as a step before a model, by exact class name. */
export const TRANSFORMERS: ReadonlyMap<string, TransformerConverter> = new Map(
  FAMILIES.flatMap(({ transformers }) => [...(transformers ?? [])]),
);
