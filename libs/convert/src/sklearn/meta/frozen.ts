import { attribute } from '../../pickle/index.js';
import type { ModelConverter } from '../converter.js';

/** An estimator that is kept from being fitted again: it predicts as the one inside. */
export const frozenEstimator: ModelConverter = (object, context) => context.model(attribute(object, 'estimator'));
