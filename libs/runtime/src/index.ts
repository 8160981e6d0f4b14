export { type Cost, measureCost } from './cost.js';
export * from './model-runtime.js';
export * from './onnx.runtime.js';
export * from './runtime.errors.js';
export * from './turn-batches.js';
export { loadRuntime } from './scheduled.runtime.js';
export * from './scoring-threads.js';
export { slicesOf } from './slices.js';
