import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 800;

/**
 * Repeats an idempotent operation while the way to the database is broken (the embedded engine is back in about a second,
 * the driver does not wait for it); every other error, and the last one after `withinMs`, is the caller's.
 * An insert with an `_id` of ours may have landed before it was repeated: then it ends with E11000.
 */
export async function withRetry<T>(operation: () => Promise<T>, withinMs = 5_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await operation();
    } catch (error) {
      if (!isNetworkError(error) || Date.now() + pauseMs > deadline) throw error;
      await sleep(pauseMs);
    }
  }
}

const BROKEN_CONNECTION = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ENOENT']);

/** Whether an error says that the database could not be reached, and nothing about the operation. */
export function isNetworkError(error: unknown): boolean {
  if (error instanceof mongo.MongoNetworkError || error instanceof mongo.MongoServerSelectionError) return true;
  const { name, code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  // A write to a socket whose other end has just died reaches us as the system's own error, not as the driver's.
  if (syscall !== undefined && BROKEN_CONNECTION.has(String(code))) return true;
  return name === 'MongooseServerSelectionError';
}
