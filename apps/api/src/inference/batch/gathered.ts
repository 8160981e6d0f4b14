/** The beginning of a text that comes in pieces, and the rest where there may be more. */
export interface Gathered {
  readonly body: string;
  readonly rest?: AsyncIterable<string>;
}

/** Gathers pieces until there are no more, or so many characters; at least one. What fails until then can still be answered with an error. */
export async function gathered(pieces: AsyncGenerator<string>, characters: number): Promise<Gathered> {
  let body = '';
  do {
    const { done, value } = await pieces.next();
    if (done) return { body };
    body += value;
  } while (body.length < characters);
  return { body, rest: pieces };
}
