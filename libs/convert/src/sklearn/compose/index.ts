import type { ConverterFamily, ModelConverter, TransformerConverter } from '../converter.js';
import { convertColumnTransformer } from './column-transformer.js';
import { convertFeatureUnion } from './feature-union.js';
import { convertPipelineModel, convertPipelineTransformer } from './pipeline.js';
import { convertSearchModel, convertSearchTransformer } from './search.js';
import { convertTransformedTarget } from './transformed-target.js';

const SEARCHES = [
  'sklearn.model_selection._search.GridSearchCV',
  'sklearn.model_selection._search.RandomizedSearchCV',
  'sklearn.model_selection._search_successive_halving.HalvingGridSearchCV',
  'sklearn.model_selection._search_successive_halving.HalvingRandomSearchCV',
];

/** What is made of other estimators, and computes nothing of its own. */
export const composeFamily: ConverterFamily = {
  models: new Map<string, ModelConverter>([
    ['sklearn.pipeline.Pipeline', convertPipelineModel],
    ['sklearn.compose._target.TransformedTargetRegressor', convertTransformedTarget],
    ...SEARCHES.map((name) => [name, convertSearchModel] as const),
  ]),
  transformers: new Map<string, TransformerConverter>([
    ['sklearn.pipeline.Pipeline', convertPipelineTransformer],
    ['sklearn.pipeline.FeatureUnion', convertFeatureUnion],
    ['sklearn.compose._column_transformer.ColumnTransformer', convertColumnTransformer],
    ...SEARCHES.map((name) => [name, convertSearchTransformer] as const),
  ]),
};
