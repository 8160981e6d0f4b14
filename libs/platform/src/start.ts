export * from './built-file.js';
export * from './settings.js';
export * from './v8-settings.js';
