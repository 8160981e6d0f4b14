import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { DoorCall } from './door.js';

// Who says that nothing more will come is most likely gone: node:http takes it so, too.
const GONE = ['end', 'close'] as const;

/** A call from a lane; what most doors never ask for is made when they do. */
export class LaneCall implements DoorCall {
  readonly method = 'POST';
  readonly requestId = randomUUID();
  readonly path: string;
  readonly headers: DoorCall['headers'];
  private controller: AbortController | undefined;

  /** `caller` is what closes or ends when the caller has gone. */
  constructor(
    head: Pick<DoorCall, 'path' | 'headers'>,
    readonly params: DoorCall['params'],
    readonly body: Buffer,
    private readonly caller: EventEmitter,
  ) {
    this.path = head.path;
    this.headers = head.headers;
  }

  get signal(): AbortSignal {
    this.controller ??= this.abortOnClose();
    return this.controller.signal;
  }

  private abortOnClose(): AbortController {
    const controller = new AbortController();
    for (const event of GONE) this.caller.once(event, () => controller.abort());
    return controller;
  }
}
