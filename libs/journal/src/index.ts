export { FolderClaim } from './folder-claim.js';
export { isBefore, type Position } from './format.js';
export { Journal, JournalFull, type JournalOptions } from './journal.js';
export { SegmentReader, segmentsIn } from './journal.reader.js';
export type { EntryTarget, JournalEntry } from './record-buffer.js';
export type { JournalRecord, SegmentPart } from './read-segment.js';
