import { acceptedEndings, hasAcceptedEnding } from './accepted-endings.js';
import { ConversionRefused } from './conversion-refused.js';
import type { Converted, Converter, ModelFormat } from './converted.js';
import { detectFormat, type Detected } from './detect-format.js';
import { convertLightgbm, convertXgboost } from './convert-boosted.js';
import { convertPickle } from './convert-pickle.js';
import { convertOnnx } from './onnx/convert-onnx.js';

const converters: Readonly<Record<ModelFormat, Converter>> = {
  onnx: convertOnnx,
  pickle: convertPickle,
  joblib: convertPickle,
  lightgbm: convertLightgbm,
  xgboost: convertXgboost,
};

/** Turns a model file into ONNX and a signature, whatever its format; the bytes decide which that is. Throws ConversionRefused. */
export function convert(bytes: Uint8Array, fileName: string): Converted {
  if (!hasAcceptedEnding(fileName)) throw wrongEnding(fileName);
  if (bytes.length === 0) throw new ConversionRefused('MODEL_EMPTY', 'the file is empty', 'upload it again');
  const detected = detectFormat(bytes);
  if (!detected.format) throw unknownFormat(detected);
  return converters[detected.format](bytes);
}

function wrongEnding(fileName: string): ConversionRefused {
  const found = `Only ${acceptedEndings.join(', ')} files are supported.`;
  const advice = `${JSON.stringify(fileName.slice(-80))} has another ending`;
  return new ConversionRefused('MODEL_FORMAT_UNKNOWN', found.slice(0, -1), advice);
}

function unknownFormat({ description }: Detected): ConversionRefused {
  const advice = `upload a model in one of these formats: ${Object.keys(converters).join(', ')}`;
  return new ConversionRefused('MODEL_FORMAT_UNKNOWN', `the file is ${description}`, advice);
}
