import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes pieces as they are taken, and ends the stream; where its other side goes away, what is left is not made. */
export async function pass(pieces: AsyncIterable<string | Buffer>, to: Writable): Promise<void> {
  await pipeline(Readable.from(pieces), to).catch(ignoreGone);
}

function ignoreGone(error: NodeJS.ErrnoException): void {
  if (!['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '')) throw error;
}
