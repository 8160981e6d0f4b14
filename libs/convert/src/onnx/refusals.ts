import { ConversionRefused } from '../conversion-refused.js';

const MAX_SHOWN_LENGTH = 80;

/** A file that cannot be read as ONNX; `why` starts with "it". */
export function unreadable(why: string, cause?: unknown): ConversionRefused {
  const found = `the file cannot be read as an ONNX model: ${why}`;
  return new ConversionRefused('MODEL_UNREADABLE', found, 'check that it was exported and copied whole', cause);
}

/** A file beyond a limit; `why` starts with "it". */
export function tooComplex(why: string): ConversionRefused {
  return new ConversionRefused(
    'MODEL_TOO_COMPLEX',
    `the ONNX model is too large to serve: ${why}`,
    'export a smaller one',
  );
}

/** A name from the file as a message shows it. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > MAX_SHOWN_LENGTH ? `${name.slice(0, MAX_SHOWN_LENGTH)}…` : name);
}

/** A readable ONNX model that cannot be served. */
export function notSupported(found: string, advice: string): ConversionRefused {
  return new ConversionRefused('MODEL_NOT_SUPPORTED', found, advice);
}
