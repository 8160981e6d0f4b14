import { batchMalformed } from './batch.errors.js';
import { strictDecoder } from './utf8.js';

/** The lines of a body of UTF-8, as many at a time as come in together, none longer than `maxBytes`. */
export async function* linesOf(body: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<readonly string[]> {
  const decoder = strictDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk)).split('\n');
    rest = lines.pop()!;
    yield lines;
    if (rest.length > maxBytes) throw batchMalformed(`a line is longer than ${maxBytes} bytes (MAX_BODY_BYTES)`);
  }
  decoder.end();
  yield [rest];
}
