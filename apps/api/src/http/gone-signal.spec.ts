import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { goneSignal } from './gone-signal.js';

describe('the signal that a caller has gone', () => {
  it('is there at once for one who went before it was asked for', () => {
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    expect(goneSignal(response).aborted).toBe(false);
    response.destroy();
    expect(goneSignal(response).aborted).toBe(true);
  });
});
