import { ConversionRefused } from '../conversion-refused.js';

const SAVE_AGAIN = 'Save the model again with the library that made it, and upload that file as it is';
const EXPORT_TO_ONNX = 'Export the model to ONNX and upload that, or train it without this';
const MAKE_SMALLER = 'Train with fewer or smaller trees';

/** Stops at something that no library writes. */
export function unreadable(message: string, advice: string = SAVE_AGAIN): never {
  throw new ConversionRefused('MODEL_UNREADABLE', message, advice);
}

/** Stops at something legal whose meaning is not converted. */
export function unsupported(message: string, advice: string = EXPORT_TO_ONNX): never {
  throw new ConversionRefused('MODEL_NOT_SUPPORTED', message, advice);
}

/** Stops at a limit. */
export function tooComplex(message: string, advice: string = MAKE_SMALLER): never {
  throw new ConversionRefused('MODEL_TOO_COMPLEX', message, advice);
}
