/** For how long after an upload what the next one needs is kept ready: it takes tens of megabytes. */
export const STANDBY_MS = 60_000;

/** Something that takes long to start and is used once: one is kept ready for the next use. */
export class Standby<T> {
  private ready: T | undefined;

  /** `start` may find that what it started has ended while it stood by: it then calls the function it is given. */
  constructor(private readonly start: (onEnd: (ended: T) => void) => T) {}

  /** The one that is ready, or a new one. */
  take(): T {
    const taken = this.ready ?? this.startOne();
    this.ready = undefined;
    return taken;
  }

  /** Starts the next one, where none is ready. */
  prepare(): void {
    this.ready ??= this.startOne();
  }

  /** The one that is ready, for whoever ends it. */
  drop(): T | undefined {
    const dropped = this.ready;
    this.ready = undefined;
    return dropped;
  }

  private startOne(): T {
    return this.start((ended) => {
      if (this.ready === ended) this.ready = undefined;
    });
  }
}
