import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { DoorCall } from './door.js';

// Who says that nothing more will come is most likely gone; what is done already is answered all the same.
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

  /** To be called once it is answered: `caller` may live on. */
  release(): void {
    if (this.controller) for (const event of GONE) this.caller.off(event, this.abort);
  }

  private abortOnClose(): AbortController {
    for (const event of GONE) this.caller.once(event, this.abort);
    return new AbortController();
  }

  private readonly abort = (): void => this.controller!.abort();
}
