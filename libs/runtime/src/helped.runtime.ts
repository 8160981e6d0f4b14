import type { Prediction, Rows } from '@app/core';
import { ClaimedSlices } from './claimed-slices.js';
import type { ModelRuntime } from './model-runtime.js';
import type { OnnxRuntime } from './onnx.runtime.js';
import { append, predictionsOf } from './predictions.js';
import type { ScoringThread, SharedModel } from './scoring-thread.js';
import type { ScoringThreads } from './scoring-threads.js';
import { cut } from './slices.js';

/**
 * Scores rows in this thread with the help of another one that has nothing to do: each takes slices from its end until they
 * meet, so that this one waits for one slice at most. Who scored a row cannot be seen in its prediction.
 */
export class HelpedRuntime implements Pick<ModelRuntime, 'predict'> {
  constructor(
    private readonly here: Pick<OnnxRuntime, 'score'>,
    private readonly shared: SharedModel,
    private readonly threads: ScoringThreads,
  ) {}

  async predict(rows: Rows): Promise<Prediction[]> {
    // Texts would be copied one by one.
    const helper = rows.texts.length === 0 ? this.threads.idle(this.shared) : undefined;
    return helper ? this.scoreWith(helper, rows) : this.here.score(rows);
  }

  private async scoreWith(helper: ScoringThread, rows: Rows): Promise<Prediction[]> {
    const slices = new ClaimedSlices(rows);
    const help = this.scoreFromBack(helper, slices);
    const scored = this.scoreFromFront(slices);
    if (scored.length === rows.count) return scored;
    // What the other thread could not score is scored here, too: an error is that of the first row that has one.
    return append(scored, (await help) ?? this.here.score(cut(rows, scored.length, rows.count)));
  }

  private scoreFromFront(slices: ClaimedSlices): Prediction[] {
    const scored: Prediction[] = [];
    try {
      for (const slice of slices.fromFront()) append(scored, this.here.score(slice));
      return scored;
    } finally {
      slices.takeAll();
    }
  }

  /** The predictions of the last rows, as many as the other thread came to; undefined where it could not. */
  private async scoreFromBack(helper: ScoringThread, slices: ClaimedSlices): Promise<Prediction[] | undefined> {
    const { signature, wiring } = this.shared.model;
    try {
      const { parts } = await helper.score(this.shared, slices.forHelper());
      return parts.toReversed().flatMap(({ outputs, count }) => predictionsOf(signature, wiring, outputs, count));
    } catch {
      return undefined;
    }
  }
}
