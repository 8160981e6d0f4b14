import { validateHeaderValue } from 'node:http';
import type { DoorAnswer } from './door.js';

/** How the end of a body is told on the wire: the headers that say so, and what stands around the body. */
export interface AnswerFrame {
  readonly headers: string;
  readonly before: string;
  readonly behind: string;
}

/** The frame of a body of so many bytes: its length, or a chunk (RFC 9112, 7.1) where trailers follow it. */
export function frameOf({ rest, trailers }: DoorAnswer, bytes: number): AnswerFrame {
  if (!trailers) return { headers: headerText('Content-Length', String(bytes)), before: '', behind: '' };
  const names = Object.keys(trailers()).join(', ');
  const headers = headerText('Trailer', names) + headerText('Transfer-Encoding', 'chunked');
  const end = rest ? '' : lastChunk(trailers());
  return { headers, before: chunkHead(bytes), behind: chunkEnd(bytes) + end };
}

/** What follows the first chunk of an answer, chunk by chunk, and the trailers. */
export async function* chunksOf({ rest, trailers }: DoorAnswer): AsyncGenerator<string> {
  for await (const text of rest!) {
    const bytes = Buffer.byteLength(text);
    yield chunkHead(bytes) + text + chunkEnd(bytes);
  }
  yield lastChunk(trailers!());
}

/** A header as a line; throws where its value would be more than one. */
export function headerText(name: string, value: string): string {
  validateHeaderValue(name, value);
  return `${name}: ${value}\r\n`;
}

// An empty chunk would be the last one.
function chunkHead(bytes: number): string {
  return bytes === 0 ? '' : `${bytes.toString(16)}\r\n`;
}

function chunkEnd(bytes: number): string {
  return bytes === 0 ? '' : '\r\n';
}

function lastChunk(trailers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(trailers).map(([name, value]) => headerText(name, value));
  return `0\r\n${lines.join('')}\r\n`;
}
