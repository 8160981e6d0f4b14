/** Chunks as one buffer; one chunk, the commonest case, is not copied. */
export function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
