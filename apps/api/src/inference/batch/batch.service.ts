import type { ServingError } from '@app/core';
import { Settings } from '@app/platform';
import { ModelProvider } from '@app/registry';
import { callerGone } from '@app/runtime';
import { Injectable } from '@nestjs/common';
import type { DoorAnswer } from '../../doors/door.js';
import { InferenceService } from '../inference.service.js';
import type { KeptPredictions, PredictionRequest } from '../prediction-request.js';
import type { BatchOptions } from './batch-options.js';
import { type BatchForm, type BatchRow, NamedRow, type RowOutcome } from './batch-row.js';
import { chunksOf, inTurns } from './chunks.js';
import { gathered } from './gathered.js';
import { isRowFault, RowSorting } from './row-sorting.js';

/** A batch as it is sent. */
export interface Batch {
  readonly form: BatchForm;
  readonly body: AsyncIterable<Buffer>;
  /** How many rows are scored, and kept, at a time; between them others have their turn. */
  readonly chunkRows: number;
  /** An answer that is shorter is made before it leaves; of a longer one the rest is made while it is taken. */
  readonly heldCharacters: number;
}

/** How far a batch has come. */
interface BatchProgress {
  rows: number;
  refused: number;
}

/** Scores batches of any length in chunks, one at a time, so that memory holds no more than one of them. */
@Injectable()
export class BatchService {
  private batches = 0;

  constructor(
    private readonly inference: InferenceService,
    private readonly provider: ModelProvider,
    private readonly settings: Settings,
  ) {}

  /** The answer in the form of the body; throws where not even its beginning can be made. */
  async answer(batch: Batch, options: BatchOptions): Promise<DoorAnswer> {
    this.batches++;
    const progress = { rows: 0, refused: 0 };
    const text = await gathered(this.textOf(batch, options, progress), batch.heldCharacters);
    const headers = { 'Content-Type': batch.form.contentType };
    return { status: 200, headers, ...text, trailers: () => countsOf(progress) };
  }

  private async *textOf(batch: Batch, options: BatchOptions, progress: BatchProgress): AsyncGenerator<string> {
    const { form } = batch;
    let text = form.head;
    for await (const outcomes of this.outcomes(batch, options)) {
      for (const outcome of outcomes) text += form.write(outcome, count(outcome, progress) === 1);
      yield text;
      text = '';
    }
    yield text + form.foot;
  }

  private async *outcomes({ form, body, chunkRows }: Batch, options: BatchOptions): AsyncGenerator<RowOutcome[]> {
    const rows = lastRefused(form.read(body, this.settings.maxBodyBytes));
    for await (const chunk of inTurns(chunksOf(rows, chunkRows), () => this.asked())) {
      if (options.signal.aborted) throw callerGone(options.signal);
      const outcomes = await this.score(chunk, options);
      const firstRefused = outcomes.findIndex((outcome) => 'refusal' in outcome);
      if (options.stopsOnError && firstRefused >= 0) return yield outcomes.slice(0, firstRefused + 1);
      yield outcomes;
    }
  }

  private asked(): number {
    return this.batches + this.inference.asked;
  }

  private async score(rows: readonly BatchRow[], options: BatchOptions): Promise<RowOutcome[]> {
    const sorting = new RowSorting(rows);
    try {
      const kept = await this.inference.predict(this.requestOf(sorting, options));
      const outcomes = sorting.outcomes(kept);
      return this.isLastWord(kept, options) ? outcomes : await this.scoreRefused(rows, outcomes, options);
    } catch (error) {
      if (!isRowFault(error)) throw error;
      return sorting.refused ?? this.scoreApart(rows, error, options);
    }
  }

  private requestOf(sorting: RowSorting, options: BatchOptions): PredictionRequest {
    const { version, routingKey, requestId, isCaptured } = options;
    const model = this.settings.defaultModel;
    return {
      model,
      version,
      routingKey,
      requestId,
      isCaptured,
      encode: (signature, alsoKnown) => sorting.encode(signature, alsoKnown),
      // The active version has the routing feature, so it says what a text stands for.
      featureValue: (name) => sorting.firstValue(this.provider.get(model).signature, name),
      isPart: true,
      caller: options,
    };
  }

  private isLastWord({ model, version }: KeptPredictions, options: BatchOptions): boolean {
    return options.version !== undefined || version === this.provider.get(model).version;
  }

  // What a canary refuses the active version may take: it is asked where a canary takes none of the rows.
  private async scoreRefused(
    rows: readonly BatchRow[],
    outcomes: readonly RowOutcome[],
    options: BatchOptions,
  ): Promise<RowOutcome[]> {
    const refused = rows.filter((_, at) => 'refusal' in outcomes[at]!);
    const again = refused.length === 0 ? [] : await this.score(refused, options);
    return outcomes.map((outcome) => ('refusal' in outcome ? again.shift()! : outcome));
  }

  // The model has no number for one of them: halves, until it stands alone.
  private async scoreApart(
    rows: readonly BatchRow[],
    error: ServingError,
    options: BatchOptions,
  ): Promise<RowOutcome[]> {
    if (rows.length === 1) return [{ line: rows[0]!.line, refusal: error }];
    const middle = rows.length >> 1;
    const before = await this.score(rows.slice(0, middle), options);
    return [...before, ...(await this.score(rows.slice(middle), options))];
  }
}

function countsOf({ rows, refused }: BatchProgress): Readonly<Record<string, string>> {
  return { 'X-Total-Rows': String(rows), 'X-Refused-Rows': String(refused) };
}

function count(outcome: RowOutcome, progress: BatchProgress): number {
  if ('refusal' in outcome) progress.refused++;
  return ++progress.rows;
}

// A body that cannot be read from some row on has its reason as its last row; one that never could has it as its answer.
async function* lastRefused(lists: AsyncIterable<readonly BatchRow[]>): AsyncGenerator<readonly BatchRow[]> {
  let line = 0;
  try {
    for await (const rows of lists) {
      line = rows.at(-1)?.line ?? line;
      yield rows;
    }
  } catch (error) {
    if (line === 0 || !isRowFault(error)) throw error;
    const refuse = (): never => {
      throw error;
    };
    yield [new NamedRow(line + 1, refuse)];
  }
}
