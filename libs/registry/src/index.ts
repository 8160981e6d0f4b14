export * from './inherit-names.js';
export * from './loaded-model.js';
export * from './model.archive.js';
export * from './model.loader.js';
export * from './model.provider.js';
export * from './model-version.schema.js';
export * from './registry.errors.js';
export * from './registry.module.js';
