/** What a server tells its engine's process, as JSON in the first argument. */
export interface EngineSettings {
  readonly dbDir: string;
  readonly socketPath: string;
  /** The addon to load in place of the package's own. */
  readonly nativeFile?: string;
  readonly ttlSweepMs: number;
  /** How long the lock of a process that is just ending is waited for. */
  readonly lockPatienceMs: number;
}

/** What the engine's process tells its server. */
export type EngineNews = { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly reason: string };

/** What a server says to end its engine's process. */
export const STOP = 'stop';

/** How the engine says that another process has its data directory open. */
export const LOCKED = 'DBPathInUse';
