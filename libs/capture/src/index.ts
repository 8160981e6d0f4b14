export { firstIdOf, type IdRange } from './capture-ids.js';
export * from './capture.errors.js';
export * from './capture.history.js';
export { CaptureJournal, type CaptureStatus } from './capture.journal.js';
export * from './capture.module.js';
export * from './capture.recorder.js';
export type { CapturedRows } from './captured-rows.js';
export * from './data-capture.schema.js';
export * from './history-query.js';
