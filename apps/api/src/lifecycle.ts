const STOP_SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Says a line to whoever started this process. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Ends this process with one line for the person who started it. */
export function fail(error: unknown): never {
  process.stderr.write(`Scorekeeper stops: ${reasonOf(error)}\n`);
  process.exit(1);
}

/** The one line of an error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** How a process ends. */
export interface Ending {
  readonly stop: () => Promise<void>;
  readonly limitMs: number;
  readonly signals?: readonly NodeJS.Signals[];
  /** When it did not stop in time. */
  readonly giveUp?: () => void;
}

/** Ends this process cleanly on a signal, once; gives the function that does so without one. */
export function stopOnSignal({ stop, limitMs, signals = STOP_SIGNALS, giveUp }: Ending): () => void {
  let isStopping = false;
  const end = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => {
      giveUp?.();
      fail(new Error(`it did not stop within ${limitMs} ms`));
    }, limitMs).unref();
    await stop();
    process.exit(0);
  };
  const endOrFail = (): void => void end().catch(fail);
  for (const signal of signals) process.on(signal, endOrFail);
  return endOrFail;
}
