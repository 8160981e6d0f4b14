export * from './check-feature.js';
export * from './encode-features.js';
export * from './encoded-rows.js';
export * from './prediction.js';
export * from './row-encoder.js';
export * from './serving-error.js';
export * from './signature.js';
export * from './tensor.js';
