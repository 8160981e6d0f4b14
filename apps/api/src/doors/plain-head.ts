import type { IncomingHttpHeaders } from 'node:http';

/** The head of a request for a door at its plainest: a path, headers of which each stands once, a body of known length. */
export interface PlainHead {
  readonly path: string;
  /** By name, in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly bodyBytes: number;
}

// RFC 9112, the strict part of it: no white space before a colon or at the end, no folded lines, no bare CR or LF.
const REQUEST_LINE = /^POST (\/[\w./:@~!$&'()*+,;=-]*) HTTP\/1\.1$/;
// A value begins with what is no blank: else each blank before one that is wrong could belong to it or not, and all would be tried.
const HEADER = /^([!#$%&'*+.^`|~\w-]+):[\t ]*((?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?)$/;
const LENGTH = /^\d{1,15}$/;

// What changes how the body is framed or written, or what happens before and after it.
const NOT_PLAIN = ['transfer-encoding', 'content-encoding', 'expect', 'upgrade'];

/**
 * Reads a head, given without its empty line. Undefined for all that is not plain, be it right or wrong (a query, an
 * encoding, a header that stands twice, …): what it means is for a whole HTTP parser to say.
 */
export function readPlainHead(text: string): PlainHead | undefined {
  const [first, ...lines] = text.split('\r\n');
  const path = REQUEST_LINE.exec(first!)?.[1];
  const headers = path === undefined ? undefined : readHeaders(lines);
  return headers && isPlain(headers)
    ? { path: path!, headers: Object.freeze(headers), bodyBytes: Number(headers['content-length']) }
    : undefined;
}

function readHeaders(lines: readonly string[]): IncomingHttpHeaders | undefined {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined) return undefined;
    const known = name.toLowerCase();
    if (known in headers) return undefined;
    headers[known] = value!;
  }
  return headers;
}

function isPlain(headers: IncomingHttpHeaders): boolean {
  if (headers.host === undefined || !LENGTH.test(headers['content-length'] ?? '')) return false;
  if ((headers.connection ?? 'keep-alive').toLowerCase() !== 'keep-alive') return false;
  return !NOT_PLAIN.some((name) => name in headers);
}
