// The model that ships as an ONNX file: what the service makes of it at its first start.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConvert } from '../dist/libs/convert/src/index.js';

const MODEL = join(import.meta.dirname, '../models/flight-delay/1/model.pkl');

/** Writes the shipped model as ONNX. */
export async function writeOnnx(file) {
  const convert = await loadConvert();
  writeFileSync(file, convert(readFileSync(MODEL), 'model.pkl').onnx);
}
