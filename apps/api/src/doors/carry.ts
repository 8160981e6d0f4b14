import type { Request, Response } from 'express';
import { goneSignal } from '../http/gone-signal.js';
import { requestIdOf } from '../http/request-id.js';
import type { Door, DoorCall } from './door.js';
import type { DoorKeeper } from './door.keeper.js';
import { send } from './send.js';

/** Carries a request that Express has read to a door, and the door's answer back. */
export async function carry(keeper: DoorKeeper, door: Door, request: Request, response: Response): Promise<void> {
  await send(response, await keeper.answer(door, callOf(request, response)));
}

function callOf(request: Request, response: Response): DoorCall {
  const { method, path, headers, params } = request;
  return {
    method,
    path,
    headers,
    params: params as Record<string, string>,
    body: (request.body as Buffer | undefined) ?? Buffer.alloc(0),
    requestId: requestIdOf(request),
    signal: goneSignal(response),
  };
}
