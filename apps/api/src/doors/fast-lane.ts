import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ArrivalLimit } from '../http/arrival-limit.js';
import { type Door, findDoor, type FoundDoor, type LaneOptions } from './door.js';
import type { DoorKeeper } from './door.keeper.js';
import { joined } from './joined.js';
import { LaneCall } from './lane-call.js';
import { send } from './send.js';

/**
 * Serves requests to the doors straight from node:http, on the connections that have left the WireLane: on Node 20, Express
 * alone costs more than the prediction (docs/decisions/0010). Whatever is out of the ordinary (an encoding, a query, no
 * length, a body that is too large) falls through to Express, which carries it to the same door.
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
      const found = this.isPlain(request) && findDoor(this.doors, { path: request.url!, headers: request.headers });
      if (found) this.serve(found, request, response);
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

  private serve(found: FoundDoor, request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    this.arrival.begin(request, response);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers, url: path } = request;
      const call = new LaneCall({ path: path!, headers }, found.params, joined(chunks), response);
      void this.answer(found.door, call, response);
    });
  }

  private async answer(door: Door, call: LaneCall, response: ServerResponse): Promise<void> {
    const answer = await this.keeper.answer(door, call);
    // Else the end of the answer would look like a caller that has gone, and cost the making of an error.
    if (!answer.rest) call.release();
    try {
      await send(response, answer, [...this.headers, 'X-Request-Id', call.requestId]);
    } catch (error) {
      this.keeper.brokenOff(error, call);
      response.destroy();
    }
  }
}
