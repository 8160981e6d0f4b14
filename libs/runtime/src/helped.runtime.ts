import type { Prediction, Rows } from '@app/core';
import { ClaimedSlices } from './claimed-slices.js';
import type { ModelRuntime } from './model-runtime.js';
import type { OnnxRuntime } from './onnx.runtime.js';
import { predictionsOf } from './predictions.js';
import type { SharedModel } from './scoring-thread.js';
import type { ScoringThreads } from './scoring-threads.js';
import { cut } from './slices.js';

/**
 * Scores rows in this thread with the help of another one that has nothing to do: each takes slices from its end until they
 * meet, so that a late helper costs nothing. Who scored a row cannot be seen in its prediction.
 */
export class HelpedRuntime implements Pick<ModelRuntime, 'predict'> {
  constructor(
    private readonly here: Pick<OnnxRuntime, 'score'>,
    private readonly shared: SharedModel,
    private readonly threads: ScoringThreads,
  ) {}

  async predict(rows: Rows): Promise<Prediction[]> {
    const slices = new ClaimedSlices(rows);
    const help = this.askForHelp(slices);
    const scored = this.scoreFromFront(slices);
    if (scored.length === rows.count) return scored;
    // What the other thread could not score is scored here, too: an error is that of the first row that has one.
    const others = (await help) ?? this.here.score(cut(rows, scored.length, rows.count));
    return scored.concat(others);
  }

  private scoreFromFront(slices: ClaimedSlices): Prediction[] {
    const scored: Prediction[] = [];
    try {
      for (const slice of slices.fromFront()) for (const prediction of this.here.score(slice)) scored.push(prediction);
      return scored;
    } finally {
      slices.takeAll();
    }
  }

  /** The predictions of the last rows, as many as the other thread came to; undefined where there is none, or it could not. */
  private async askForHelp({ rows, taken }: ClaimedSlices): Promise<Prediction[] | undefined> {
    // Texts would be copied one by one.
    const thread = rows.texts.length === 0 ? this.threads.idle(this.shared) : undefined;
    if (!thread) return undefined;
    const { signature, wiring } = this.shared.model;
    const copy = { ...rows, numbers: rows.numbers.slice() };
    try {
      const { parts } = await thread.score(this.shared, { rows: copy, taken, isShort: true });
      return parts.toReversed().flatMap(({ outputs, count }) => predictionsOf(signature, wiring, outputs, count));
    } catch {
      return undefined;
    }
  }
}
