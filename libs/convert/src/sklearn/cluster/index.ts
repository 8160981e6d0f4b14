import type { ConverterFamily } from '../converter.js';
import { kMeans, kMeansDistances } from './k-means.js';

export { squaredDistances } from './squared-distances.js';

/** Models that find groups of rows. */
export const clusterFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.cluster._kmeans.KMeans', kMeans],
    ['sklearn.cluster._kmeans.MiniBatchKMeans', kMeans],
  ]),
  transformers: new Map([
    ['sklearn.cluster._kmeans.KMeans', kMeansDistances],
    ['sklearn.cluster._kmeans.MiniBatchKMeans', kMeansDistances],
  ]),
};
