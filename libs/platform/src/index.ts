export * from './built-file.js';
export * from './small-heap.js';
export { ServiceLogger } from './logging.js';
export * from './metrics.js';
export * from './platform.module.js';
export * from './problem.js';
export * from './settings.js';
