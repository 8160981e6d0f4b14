import { parentPort } from 'node:worker_threads';
import { loadConvert } from '@app/convert';
import { ServingError } from '@app/core';
import type { ConversionAnswer, ConversionTask } from './model.converter.js';

const convert = await loadConvert();

// The whole life of this thread is one conversion.
parentPort!.once('message', (task: ConversionTask) => parentPort!.postMessage(answer(task)));

function answer({ bytes, fileName }: ConversionTask): ConversionAnswer {
  try {
    const converted = convert(bytes, fileName);
    return { converted: { ...converted, onnx: inSharedMemory(converted.onnx) } };
  } catch (error) {
    if (!(error instanceof ServingError)) throw error;
    return { refused: { kind: error.kind, code: error.code, message: error.message } };
  }
}

// Shared, large bytes go to the service's thread, and on to those that score, without being copied there.
function inSharedMemory(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
