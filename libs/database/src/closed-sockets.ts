import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** A connection of the driver, as far as it is mended here. */
interface DriverConnection {
  readonly socket: Socket;
  /** Why it is closed. */
  readonly error: Error | null;
  writeCommand: (this: DriverConnection, ...command: unknown[]) => Promise<void>;
}

// Not in the driver's front door: pinned with its version.
const { Connection } = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
  readonly Connection: { readonly prototype: DriverConnection };
};

const { writeCommand } = Connection.prototype;

/**
 * Has the driver (7.8.0; 7.9.0 is the same) notice sockets that are closed. It waits for a socket that does not take a command at once to
 * drain or to fail, and one that was closed without an error a moment before does neither: where that was the connection that watches the
 * server, the server was away for ever, and an insert never ended (docs/decisions/0017).
 */
export function noticeClosedSockets(): void {
  Connection.prototype.writeCommand = writeUnlessClosed;
}

function writeUnlessClosed(this: DriverConnection, ...command: unknown[]): Promise<void> {
  const { socket } = this;
  return new Promise((resolve, reject) => {
    // The connection has heard it before: its listener came first.
    const onClose = (): void => reject(this.error!);
    socket.once('close', onClose);
    const written = writeCommand.apply(this, command);
    void written.then(resolve, reject).finally(() => socket.off('close', onClose));
  });
}
