export * from './class-columns.js';
export * from './classes.js';
export * from './constant.js';
export * from './inputs.js';
export * from './parts.js';
export * from './combined-model.js';
