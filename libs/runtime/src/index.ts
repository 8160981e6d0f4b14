export * from './model-runtime.js';
export * from './onnx.runtime.js';
export * from './runtime.errors.js';
export * from './turn-batches.js';
