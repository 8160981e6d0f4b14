import { boostedFamily } from './boosted/index.js';
import { clusterFamily } from './cluster/index.js';
import { composeFamily } from './compose/index.js';
import type { ConverterFamily, ModelConverter, TransformerConverter } from './converter.js';
import { decompositionFamily } from './decomposition/index.js';
import { dummyFamily } from './dummy/index.js';
import { ensembleFamily } from './ensemble/index.js';
import { linearFamily } from './linear/index.js';
import { metaFamily } from './meta/index.js';
import { naiveBayesFamily } from './naive-bayes/index.js';
import { neighborsFamily } from './neighbors/index.js';
import { neuralFamily } from './neural/index.js';
import { preprocessingFamily } from './preprocessing/index.js';
import { svmFamily } from './svm/index.js';
import { treeFamily } from './tree/index.js';

const FAMILIES: readonly ConverterFamily[] = [
  preprocessingFamily,
  decompositionFamily,
  composeFamily,
  linearFamily,
  naiveBayesFamily,
  neuralFamily,
  boostedFamily,
  clusterFamily,
  dummyFamily,
  ensembleFamily,
  metaFamily,
  neighborsFamily,
  svmFamily,
  treeFamily,
];

/** What is converted as a model, by exact class name. */
export const MODELS: ReadonlyMap<string, ModelConverter> = new Map(
  FAMILIES.flatMap(({ models }) => [...(models ?? [])]),
);

/** What is converted as a step before a model, by exact class name. */
export const TRANSFORMERS: ReadonlyMap<string, TransformerConverter> = new Map(
  FAMILIES.flatMap(({ transformers }) => [...(transformers ?? [])]),
);
