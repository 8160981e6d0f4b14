import type { ConverterFamily } from '../converter.js';
import { convertPca, convertTruncatedSvd } from './principal-components.js';

/** Projections onto fewer columns. */
export const decompositionFamily: ConverterFamily = {
  transformers: new Map([
    ['sklearn.decomposition._pca.PCA', convertPca],
    ['sklearn.decomposition._incremental_pca.IncrementalPCA', convertPca],
    ['sklearn.decomposition._truncated_svd.TruncatedSVD', convertTruncatedSvd],
  ]),
};
