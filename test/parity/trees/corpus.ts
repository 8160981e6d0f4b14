import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Expected } from './fixtures.js';
import type { LightgbmModel } from '../../../libs/convert/src/lightgbm/index.js';
import { readLightgbm } from '../../../libs/convert/src/lightgbm/index.js';
import { className, PyDict, PyObject, readPickle, type PyValue } from '../../../libs/convert/src/pickle/index.js';
import { unsupported } from '../../../libs/convert/src/trees/index.js';
import { readXgboost, type XgboostModel } from '../../../libs/convert/src/xgboost/index.js';

const CASES = resolve(import.meta.dirname, '../../../../shared/models/pickles/cases');

/** A case of the pickle corpus: see its README. */
export interface CorpusCase {
  readonly id: string;
  readonly class: string;
  readonly tier: number;
  readonly rtol: number;
  readonly format: string;
  readonly inputs: Pick<Expected, 'columns' | 'rows'>;
  readonly expected: Readonly<Partial<Record<'predict' | 'predict_proba', Expected['predict']>>>;
}

/** The cases whose model is a LightGBM or XGBoost estimator itself; none where the corpus is not there. */
export function boostedCases(): CorpusCase[] {
  return names()
    .map((id) => ({ id, ...json<Omit<CorpusCase, 'id'>>(id, 'meta') }))
    .filter((each) => each.tier <= 3 && /^(lightgbm|xgboost)\./.test(each.class) && isReadable(each.format))
    .map((each) => ({ ...each, inputs: json(each.id, 'inputs'), expected: json(each.id, 'expected') }));
}

/** Hostile LightGBM files. */
export function hostileLightgbmCases(): string[] {
  return names().filter((id) => id.startsWith('mal-lgb_'));
}

/** Reads the model of a case as the converter of pickles does. */
export function readCase(id: string): LightgbmModel | XgboostModel {
  const { root } = readPickle(readFileSync(`${CASES}/${id}/model.pkl`));
  const estimator = estimatorOf(root);
  const booster = estimator.get('_Booster');
  return booster instanceof PyObject ? modelOf(booster, estimator) : modelOf(estimator);
}

function modelOf(booster: PyObject, wrapper?: PyObject): LightgbmModel | XgboostModel {
  const handle = booster.get('handle') ?? booster.get('_handle');
  const estimator = wrapper && (className(wrapper).endsWith('Classifier') ? 'classifier' : 'regressor');
  if (typeof handle === 'string')
    return readLightgbm(handle, { estimator, bestIteration: number(booster, 'best_iteration') });
  if (!(handle instanceof Uint8Array)) unsupported('the booster holds no model');
  return readXgboost(handle, {
    estimator,
    stopsAtBest: wrapper !== undefined,
    missing: wrapper && number(wrapper, 'missing'),
  });
}

function number(object: PyObject, name: string): number | undefined {
  const value = object.get(name);
  return typeof value === 'number' ? value : undefined;
}

/** The estimator itself, or the one in the original service's dict {x_scaler, model, y_scaler}. */
function estimatorOf(root: PyValue): PyObject {
  const estimator = root instanceof PyDict ? root.get('model') : root;
  if (estimator instanceof PyObject) return estimator;
  throw new Error('no estimator in the file');
}

const isReadable = (format: string) => !['jlbz2', 'jlxz', 'jllzma'].includes(format);

function names(): string[] {
  return existsSync(CASES) ? readdirSync(CASES) : [];
}

function json<T>(id: string, file: string): T {
  return JSON.parse(readFileSync(`${CASES}/${id}/${file}.json`, 'utf8')) as T;
}
