import type { Worker } from 'node:cluster';

interface Handover {
  readonly act?: string;
  /** Names the server that the connection came to. */
  readonly key?: string;
}

interface Connection {
  close(): void;
}

/**
 * The connections that a worker was given last. Node hands a worker one at a time for each server, and closes its own copy when the worker
 * has it; of a worker that dies before, it never does, and the caller would wait for ever.
 */
export class HandedConnections {
  private readonly last = new Map<string | undefined, Connection>();

  constructor({ process: child }: Worker) {
    const send = child.send.bind(child) as (...message: unknown[]) => boolean;
    const noted = (message: Handover, handle: Connection | undefined, ...rest: unknown[]): boolean => {
      if (message.act === 'newconn' && handle) this.last.set(message.key, handle);
      return send(message, handle, ...rest);
    };
    child.send = noted as typeof child.send;
  }

  /** Closes them, so that their callers know; those that the worker had taken are closed already. */
  close(): void {
    for (const connection of this.last.values()) connection.close();
    this.last.clear();
  }
}
