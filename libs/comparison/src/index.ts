export * from './comparison.errors.js';
export * from './comparison.module.js';
export type { Comparison, Difference } from './statistics/comparison.js';
export type { Histogram, Histograms } from './statistics/pair-histograms.js';
export type { Spread } from './statistics/pair-moments.js';
export type { Tallied } from './statistics/tally.js';
export * from './version.comparison.js';
