export { FolderClaim } from './folder-claim.js';
export { isBefore, type Position } from './format.js';
export { Journal, JournalFull, type JournalEntry, type JournalOptions } from './journal.js';
export { readSegment, segmentsIn } from './journal.reader.js';
export type { JournalRecord, SegmentPart } from './read-segment.js';
