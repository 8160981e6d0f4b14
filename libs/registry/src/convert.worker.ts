import { parentPort } from 'node:worker_threads';
import { loadConvert } from '@app/convert';
import { ServingError } from '@app/core';
import type { ConversionAnswer, ConversionTask } from './model.converter.js';

const convert = await loadConvert();

// The whole life of this thread is one conversion.
parentPort!.once('message', (task: ConversionTask) => parentPort!.postMessage(answer(task)));

function answer({ bytes, fileName }: ConversionTask): ConversionAnswer {
  try {
    return { converted: convert(bytes, fileName) };
  } catch (error) {
    if (!(error instanceof ServingError)) throw error;
    return { refused: { kind: error.kind, code: error.code, message: error.message } };
  }
}
