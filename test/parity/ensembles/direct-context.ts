import { className, PyObject, type PyValue } from '../../../libs/convert/src/pickle/index.js';
import { boostedFamily } from '../../../libs/convert/src/sklearn/boosted/index.js';
import { clusterFamily } from '../../../libs/convert/src/sklearn/cluster/index.js';
import type { ConversionContext, ConverterFamily, TableModel } from '../../../libs/convert/src/sklearn/converter.js';
import { dummyFamily } from '../../../libs/convert/src/sklearn/dummy/index.js';
import { ensembleFamily } from '../../../libs/convert/src/sklearn/ensemble/index.js';
import { metaFamily } from '../../../libs/convert/src/sklearn/meta/index.js';
import { neighborsFamily } from '../../../libs/convert/src/sklearn/neighbors/index.js';
import { svmFamily } from '../../../libs/convert/src/sklearn/svm/index.js';
import { treeFamily } from '../../../libs/convert/src/sklearn/tree/index.js';
import { unsupported } from '../../../libs/convert/src/trees/index.js';

const FAMILIES: readonly ConverterFamily[] = [
  treeFamily,
  ensembleFamily,
  boostedFamily,
  neighborsFamily,
  svmFamily,
  metaFamily,
  clusterFamily,
  dummyFamily,
];

const MODELS = new Map(FAMILIES.flatMap(({ models }) => [...(models ?? [])]));

/** A conversion that knows the families of this folder's spec and no others. */
export class DirectContext implements ConversionContext {
  readonly version = undefined;
  readonly warnings: string[] = [];

  model(value: PyValue): TableModel {
    const convert = MODELS.get(className(value));
    if (!(value instanceof PyObject) || !convert) return unsupported(`${className(value)} is not in these families`);
    return convert(value, this);
  }

  transformer(value: PyValue): never {
    return unsupported(`${className(value)} is a transformer`);
  }

  warn(text: string): void {
    this.warnings.push(text);
  }
}

/** Whether one of these families converts the class. */
export function isConverted(name: string): boolean {
  return MODELS.has(name);
}
