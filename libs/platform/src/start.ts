export * from './built-file.js';
export * from './settings.js';
