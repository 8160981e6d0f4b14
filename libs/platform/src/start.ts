export * from './built-file.js';
export * from './settings.js';
export * from './small-heap.js';
