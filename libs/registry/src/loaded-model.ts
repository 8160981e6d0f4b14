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

  /** Scores encoded rows, also while it is being replaced. */
  async predict(rows: Rows): Promise<Prediction[]> {
    this.running++;
    try {
      return await this.runtime.predict(rows);
    } finally {
      this.running--;
      await this.releaseWhenIdle();
    }
  }

  /** Frees its memory, now or when its last prediction has ended; called once it is no longer published. */
  async retire(): Promise<void> {
    this.isRetired = true;
    await this.releaseWhenIdle();
  }

  private async releaseWhenIdle(): Promise<void> {
    if (!this.isRetired || this.running > 0) return;
    this.isRetired = false;
    await this.runtime.release();
  }
}
