export { convertEstimator, convertModel } from './convert-estimator.js';
export { dictForm, type DictForm } from './dict-form.js';
