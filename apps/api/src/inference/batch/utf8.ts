import { batchMalformed } from './batch.errors.js';

/** The chunks of a body, as long as they are UTF-8: what is not would become other characters in silence. */
export async function* utf8Of(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = strictDecoder();
  for await (const chunk of body) {
    decoder.decode(chunk);
    yield chunk;
  }
  decoder.end();
}

/** Decodes UTF-8 piece by piece; throws BATCH_MALFORMED for what is none. */
export function strictDecoder(): { decode(chunk: Buffer): string; end(): void } {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decoded = (...given: Parameters<TextDecoder['decode']>): string => {
    try {
      return decoder.decode(...given);
    } catch {
      throw batchMalformed('it is not UTF-8 from here on');
    }
  };
  return { decode: (chunk) => decoded(chunk, { stream: true }), end: () => void decoded() };
}
