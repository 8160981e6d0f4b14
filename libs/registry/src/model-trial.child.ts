import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import type { SelfCheck } from '@app/convert';
import type { Signature } from '@app/core';
import { ServingError } from '@app/core';
import { measureCost, type ModelRuntime, type OnnxModel, OnnxRuntime, startEngine } from '@app/runtime';
import { compareWithSource } from './compare-with-source.js';
import { exampleRows, repeated } from './example-rows.js';
import type { TrialAnswer, TrialOrder } from './trial-process.js';

// Without its service it has nothing to wait for.
process.once('disconnect', () => process.exit());

// The whole life of this process is one trial: a file that crashes the native loader takes only this process with it.
const ordered = once(process, 'message') as Promise<[TrialOrder]>;
startEngine();
const [{ model, check }] = await ordered;
const reply = await answer({ ...model, onnx: await buffer(process.stdin) }, check);
process.send!(reply, () => process.disconnect());

async function answer(model: OnnxModel, check: SelfCheck | undefined): Promise<TrialAnswer> {
  try {
    const runtime = await OnnxRuntime.load(model);
    await runExample(runtime, model.signature, 1);
    // A graph that can only take one row at a time would fail on the first batch.
    await runExample(runtime, model.signature, 2);
    if (check) compareWithSource(await runtime.predict(check.rows), check, model.signature.classes);
    // Rows that differ, where there are some: equal ones find everything in the processor's cache.
    const rows = check?.rows ?? exampleRows(model.signature, 1);
    const load = (): Promise<ModelRuntime> => OnnxRuntime.load(model);
    return { cost: await measureCost(load, runtime, (count) => repeated(rows, count)) };
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
