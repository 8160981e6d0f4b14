export * from './built-file.js';
