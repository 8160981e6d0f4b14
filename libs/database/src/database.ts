/** A place for documents that is up, and how to leave it. */
export interface Database {
  /** Names the database, too. */
  readonly uri: string;
  /** One line for the log: which option runs, and where the data lies. */
  readonly description: string;
  /** Ends what was started for it, data safe on disk; call it after the last write. */
  stop(): Promise<void>;
}

/** What the choice of a database depends on. */
export interface DatabaseOptions {
  /** `MONGODB_URI`; absent or empty where none was set. */
  readonly uri?: string;
  readonly dataDir: string;
  readonly log: (line: string) => void;
}
