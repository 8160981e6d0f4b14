import { ConversionRefused } from '../conversion-refused.js';

const SAVE_AGAIN = 'Save the model again with pickle.dump or joblib.dump and upload that file as it is';
const SAVE_ESTIMATOR =
  'Save the fitted estimator itself, without code of your own around it, or export it to ONNX with skl2onnx';
const MAKE_SMALLER = 'Save the fitted estimator alone, or export it to ONNX with skl2onnx';

type PickleCode = 'MODEL_UNREADABLE' | 'MODEL_NOT_SUPPORTED' | 'MODEL_TOO_COMPLEX';

/** A refusal whose place in the file is not known where it is thrown; the reader adds it. */
export class PickleFault extends ConversionRefused {
  constructor(
    private readonly pickleCode: PickleCode,
    private readonly reason: string,
    advice: string,
  ) {
    super(pickleCode, reason, advice);
  }

  at(offset: number): ConversionRefused {
    return new ConversionRefused(this.pickleCode, `${this.reason} (at byte ${offset})`, this.advice);
  }
}

/** Stops at bytes that no writer of pickles makes. */
export function broken(message: string): never {
  throw new PickleFault('MODEL_UNREADABLE', message, SAVE_AGAIN);
}

/** Stops at something legal that is not read, for safety or for want of meaning. */
export function unsupported(message: string, advice: string = SAVE_ESTIMATOR): never {
  throw new PickleFault('MODEL_NOT_SUPPORTED', message, advice);
}

/** Stops at a limit. */
export function tooComplex(message: string): never {
  throw new PickleFault('MODEL_TOO_COMPLEX', message, MAKE_SMALLER);
}

/** A text from the file, short and printable enough for a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}
