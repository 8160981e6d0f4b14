import type { Rows, Signature } from '@app/core';
import { ServingError } from '@app/core';
import { type ModelRuntime, OnnxRuntime } from '@app/runtime';
import { compareWithSource } from './compare-with-source.js';
import type { TrialAnswer, TrialTask } from './model.trial.js';

// The whole life of this process is one trial: a file that crashes the native loader takes only this process with it.
process.once('message', (task: TrialTask) => {
  void answer(task).then((reply) => process.send!(reply, () => process.disconnect()));
});

// Without its service it has nothing to wait for.
process.once('disconnect', () => process.exit());

async function answer({ model, check }: TrialTask): Promise<TrialAnswer> {
  try {
    const runtime = await OnnxRuntime.load(model);
    await runExample(runtime, model.signature, 1);
    // A graph that can only take one row at a time would fail on the first batch.
    await runExample(runtime, model.signature, 2);
    if (check) compareWithSource(await runtime.predict(check.rows), check, model.signature.classes);
    return {};
  } catch (error) {
    if (error instanceof ServingError) return { refused: { code: error.code, message: error.message } };
    throw error;
  }
}

async function runExample(runtime: ModelRuntime, signature: Signature, count: number): Promise<void> {
  try {
    await runtime.predict(exampleRows(signature, count));
  } catch (error) {
    // The example may lie where the model has no finite answer: that refuses a request, not the model.
    if (!(error instanceof ServingError) || error.code !== 'RESULT_NOT_FINITE') throw error;
  }
}

function exampleRows({ features }: Signature, count: number): Rows {
  const values = features.map(({ example, range, categories }) => example ?? range?.min ?? categories?.[0] ?? 0);
  const rows = Array.from({ length: count }, () => values).flat();
  const isText = features.some(({ type }) => type === 'string');
  return {
    count,
    width: features.length,
    numbers: Float64Array.from(rows, (value) => (typeof value === 'string' ? NaN : Number(value))),
    texts: isText ? rows.map((value) => (typeof value === 'string' ? value : '')) : [],
  };
}
