import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ArrivalLimit } from '../http/arrival-limit.js';
import type { Door, DoorAnswer, DoorCall } from './door.js';
import type { DoorKeeper } from './door.keeper.js';

/** What the lane needs to know beside its doors. */
export interface LaneOptions {
  readonly maxBodyBytes: number;
  /** Headers of every answer of the service, name by name: the lane sends what Express would. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Serves plain requests to the doors straight from node:http: on Node 20, Express alone costs more than the prediction
 * (docs/decisions/0010). Whatever is out of the ordinary (an encoding, a query, no length, a body that is too large)
 * falls through to Express, which carries it to the same door.
 */
export class FastLane {
  private readonly headers: readonly string[];

  constructor(
    private readonly doors: readonly Door[],
    private readonly keeper: DoorKeeper,
    private readonly arrival: ArrivalLimit,
    private readonly options: LaneOptions,
  ) {
    this.headers = Object.entries(options.headers).flat();
  }

  /** A listener that takes what belongs into the lane and leaves everything else to `others`. */
  before(others: RequestListener): RequestListener {
    return (request, response) => {
      const found = this.isPlain(request) && this.find(request);
      if (found) this.serve(found.door, found.params, request, response);
      else this.leave(others, request, response);
    };
  }

  private leave(others: RequestListener, ...[request, response]: Parameters<RequestListener>): void {
    this.arrival.watch(request, response);
    others(request, response);
  }

  private isPlain({ method, url, headers }: IncomingMessage): boolean {
    if (method !== 'POST' || url!.includes('?') || url!.includes('%')) return false;
    if (headers['content-encoding'] !== undefined || headers.expect !== undefined) return false;
    return Number(headers['content-length']) <= this.options.maxBodyBytes;
  }

  private find({ url }: IncomingMessage): { door: Door; params: Readonly<Record<string, string>> } | undefined {
    for (const door of this.doors) {
      const params = door.match(url!);
      if (params) return { door, params };
    }
    return undefined;
  }

  private serve(door: Door, params: DoorCall['params'], request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    this.arrival.begin(request, response);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.arrival.end(request);
      const call = new LaneCall(request, response, params, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
      void this.keeper.answer(door, call).then((answer) => this.send(response, answer, call.requestId));
    });
  }

  // A flat list: node:http writes it as it is, where it would look at every entry of an object.
  private send(response: ServerResponse, { status, headers, body }: DoorAnswer, requestId: string): void {
    const length = String(Buffer.byteLength(body));
    const list = [...this.headers, 'X-Request-Id', requestId, 'Content-Length', length];
    for (const name in headers) list.push(name, headers[name]!);
    response.writeHead(status, list);
    response.end(body);
  }
}

/** A call from the lane; what most doors never ask for is made when they do. */
class LaneCall implements DoorCall {
  readonly requestId = randomUUID();
  private controller: AbortController | undefined;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    readonly params: DoorCall['params'],
    readonly body: Buffer,
  ) {}

  get method(): string {
    return this.request.method!;
  }

  get path(): string {
    return this.request.url!;
  }

  get headers(): DoorCall['headers'] {
    return this.request.headers;
  }

  get signal(): AbortSignal {
    this.controller ??= this.abortOnClose();
    return this.controller.signal;
  }

  private abortOnClose(): AbortController {
    const controller = new AbortController();
    this.response.once('close', () => controller.abort());
    return controller;
  }
}
