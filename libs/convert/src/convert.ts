import { ConversionRefused } from './conversion-refused.js';
import type { Converted, Converter, ModelFormat } from './converted.js';
import { detectFormat, type Detected } from './detect-format.js';
import { convertOnnx } from './onnx/convert-onnx.js';

const converters: Partial<Record<ModelFormat, Converter>> = { onnx: convertOnnx };

/** The file endings that an upload may have, in lower case. */
export const acceptedEndings: readonly string[] = ['.onnx'];

/** Whether a file of this name may be uploaded. */
export function hasAcceptedEnding(fileName: string): boolean {
  const lowerCase = fileName.toLowerCase();
  return acceptedEndings.some((ending) => lowerCase.endsWith(ending));
}

/** Turns a model file into ONNX and a signature, whatever its format; the bytes decide which that is. Throws ConversionRefused. */
export function convert(bytes: Uint8Array, fileName: string): Converted {
  if (!hasAcceptedEnding(fileName)) throw wrongEnding(fileName);
  if (bytes.length === 0) throw new ConversionRefused('MODEL_EMPTY', 'the file is empty', 'upload it again');
  const detected = detectFormat(bytes);
  const converter = detected.format && converters[detected.format];
  if (!converter) throw notConvertible(detected);
  return converter(bytes);
}

function wrongEnding(fileName: string): ConversionRefused {
  const found = `Only ${acceptedEndings.join(', ')} files are supported.`;
  const advice = `${JSON.stringify(fileName.slice(-80))} has another ending`;
  return new ConversionRefused('MODEL_FORMAT_UNKNOWN', found.slice(0, -1), advice);
}

function notConvertible({ format, description }: Detected): ConversionRefused {
  const code = format ? 'MODEL_NOT_SUPPORTED' : 'MODEL_FORMAT_UNKNOWN';
  const supported = Object.keys(converters).join(', ');
  return new ConversionRefused(
    code,
    `the file is ${description}`,
    `upload a model in one of these formats: ${supported}`,
  );
}
