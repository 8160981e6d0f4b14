import type { OutputTensors, Prediction, Rows, Signature } from '@app/core';
import type { ModelRuntime } from '@app/runtime';

/** A version of a model that is in memory and can score. */
export class LoadedModel {
  private running = 0;
  private isRetired = false;

  constructor(
    readonly name: string,
    readonly version: number,
    readonly signature: Signature,
    private readonly runtime: ModelRuntime,
    /** Which parts its predictions have. */
    readonly outputs: OutputTensors,
  ) {}

  /** True where a single row may wait, or take long. */
  get isSlow(): boolean {
    return this.runtime.isSlow === true;
  }

  /** Scores encoded rows, also while it is being replaced; `signal` says that nobody waits for them any more. */
  predict(rows: Rows, signal?: AbortSignal): Promise<Prediction[]> {
    this.running++;
    const scoring = this.runtime.predict(rows, signal);
    scoring.then(this.onEnded, this.onEnded);
    return scoring;
  }

  /** Frees its memory, now or when its last prediction has ended; called once it is no longer published. */
  async retire(): Promise<void> {
    this.isRetired = true;
    await this.releaseWhenIdle();
  }

  private readonly onEnded = (): void => {
    this.running--;
    if (this.isRetired) void this.releaseWhenIdle();
  };

  private async releaseWhenIdle(): Promise<void> {
    if (!this.isRetired || this.running > 0) return;
    this.isRetired = false;
    await this.runtime.release();
  }
}
