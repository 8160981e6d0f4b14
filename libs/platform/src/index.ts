export * from './built-file.js';
export { requestLog, ServiceLogger } from './logging.js';
export * from './metrics.js';
export * from './platform.module.js';
export * from './problem.js';
export * from './settings.js';
