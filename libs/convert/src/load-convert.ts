import type { Converted } from './converted.js';

/** Turns a model file into ONNX and a signature, or throws ConversionRefused. */
export type Convert = (bytes: Uint8Array, fileName: string) => Converted;

/** Loads the readers of all formats: only who converts pays for their two hundred modules, not every start of the service. */
export async function loadConvert(): Promise<Convert> {
  return (await import('./convert.js')).convert;
}
