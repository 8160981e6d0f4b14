export * from './prediction.js';
export * from './serving-error.js';
export * from './signature.js';
export * from './tensor.js';
