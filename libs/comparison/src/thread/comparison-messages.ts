import type { OnnxModel } from '@app/runtime';
import type { Compared } from '../statistics/comparison.js';

/** Which records to compare; ids in hex, so that a thread can be sent them. */
export interface Span {
  readonly model: string;
  /** The least id that is wanted. */
  readonly fromId?: string;
  /** The first id that is no longer wanted. */
  readonly toId?: string;
  /** The latest ones, at most this many. */
  readonly limit: number;
}

/** What a shadow has scored along, beside what a version has answered. */
export interface ShadowTask {
  readonly kind: 'shadow';
  readonly span: Span;
  readonly candidate: number;
  readonly baseline: number;
}

/** What was answered, scored once more with another version. */
export interface ReplayTask {
  readonly kind: 'replay';
  readonly span: Span;
  readonly candidate: OnnxModel;
  /** Only what this version has answered; what any version has where it is left out. */
  readonly baseline?: number;
}

export type ComparisonTask = ShadowTask | ReplayTask;

/** What a comparing thread begins with. */
export interface ThreadTask {
  /** Names the database, too. */
  readonly uri: string;
  readonly collection: string;
  readonly task: ComparisonTask;
}

/** What the service tells the thread. */
export type ComparisonOrder = { readonly stop: true };

/** How far a comparison is. */
export interface Progress {
  /** Pairs that were compared. */
  readonly compared: number;
  /** Records that could not be. */
  readonly skipped: number;
}

/** What the thread tells the service. */
export type ComparisonReport =
  { readonly progress: Progress } | { readonly done: Compared } | { readonly failed: { readonly message: string } };
