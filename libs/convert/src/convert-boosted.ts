import { ConversionRefused } from './conversion-refused.js';
import type { Converted } from './converted.js';
import { readLightgbm } from './lightgbm/index.js';
import { convertModel } from './sklearn/index.js';
import { readXgboost } from './xgboost/index.js';

/** Converts a LightGBM model file, the text that `save_model` writes. */
export function convertLightgbm(bytes: Uint8Array): Converted {
  const model = readLightgbm(textOf(bytes));
  return { ...convertModel(model), understood: { format: 'lightgbm', class: 'Booster', library: 'lightgbm' } };
}

/** Converts an XGBoost model file, JSON or UBJSON. */
export function convertXgboost(bytes: Uint8Array): Converted {
  const model = readXgboost(bytes);
  return { ...convertModel(model), understood: { format: 'xgboost', class: 'Booster', library: 'xgboost' } };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConversionRefused(
      'MODEL_UNREADABLE',
      'the model text is not UTF-8',
      'upload the file as it was saved',
      cause,
    );
  }
}
