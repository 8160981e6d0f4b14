import type { Position } from '@app/journal';

/** What the shipping thread works on. */
export interface ShipTask {
  /** Names the database, too. */
  readonly uri: string;
  readonly collection: string;
  /** A folder of segments. */
  readonly folder: string;
}

/** What the service tells the thread. */
export type ShipOrder =
  /** Entries before this position may be read. */
  | { readonly committed: Position }
  /** Segments that an earlier process left in another folder: ship them, then say so. */
  | { readonly adopt: string }
  /** How many times as long as it works it rests between shipments. */
  | { readonly restsPerWork: number };

/** What the thread tells the service. */
export type ShipReport =
  | { readonly shipped: Position; readonly rows: number; readonly flushMs: number }
  | { readonly adopted: string }
  /** Bytes of a segment that hold no whole entry, and were left out. */
  | { readonly damaged: { readonly segment: number; readonly bytes: number } }
  /** The database does not take anything now; the thread tries again. */
  | { readonly away: string }
  /** Documents that the database refuses for ever, and entries that cannot be read; they are in this file now. */
  | { readonly refused: { readonly count: number; readonly file: string; readonly reason: string } };
