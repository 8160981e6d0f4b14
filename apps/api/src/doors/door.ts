import type { IncomingHttpHeaders } from 'node:http';

/** A request as a door sees it, whichever carrier brought it. Its body is whole and within the limits. */
export interface DoorCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The names in the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Quoted in problems, found in the log. */
  readonly requestId: string;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
}

/** What a carrier sends back. */
export interface DoorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** How a long body goes on: it is made while it is taken. Only an answer with trailers has no length, and so may have one. */
  readonly rest?: AsyncIterable<string>;
  /** What is said behind the body, asked for once all of it is there; the names are the same from the beginning. */
  readonly trailers?: (this: void) => Readonly<Record<string, string>>;
}

/**
 * A prediction route, always a POST: it knows its wire form and nothing of Nest, Express or sockets, so that the fast lane and a
 * controller can carry the same one.
 */
export interface Door {
  /** The names in the path of a request that it answers, or undefined; `path` has no query and no percent-encoding. */
  match(path: string, headers: IncomingHttpHeaders): Readonly<Record<string, string>> | undefined;
  /** Throws a ServingError where the request is wrong. */
  answer(call: DoorCall): Promise<DoorAnswer>;
}

/** A door for a request, and the names in its path. */
export interface FoundDoor {
  readonly door: Door;
  readonly params: DoorCall['params'];
}

/** The door of a request; undefined where it is none's. */
export function findDoor(
  doors: readonly Door[],
  { path, headers }: Pick<DoorCall, 'path' | 'headers'>,
): FoundDoor | undefined {
  for (const door of doors) {
    const params = door.match(path, headers);
    if (params) return { door, params };
  }
  return undefined;
}

/** What the lanes need to know beside their doors. */
export interface LaneOptions {
  readonly maxBodyBytes: number;
  /** Longest time a request may take to arrive. */
  readonly requestTimeoutMs: number;
  /** Headers of every answer of the service, name by name: a lane sends what Express would. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer of JSON with status 200. */
export function jsonAnswer(body: string): DoorAnswer {
  return { status: 200, headers: JSON_HEADERS, body };
}

const JSON_HEADERS = { 'Content-Type': 'application/json; charset=utf-8' };
