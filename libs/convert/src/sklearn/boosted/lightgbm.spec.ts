import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PyValue } from '../../pickle/index.js';
import { convertEstimator } from '../convert-estimator.js';
import { estimator } from '../hand-made-estimator.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/lightgbm');
const text = readFileSync(`${FIXTURES}/binary-3.3.txt`, 'utf8');

const wrapper = (name: string, more: Readonly<Record<string, PyValue>>) =>
  estimator(`lightgbm.sklearn.${name}`, { _Booster: estimator('lightgbm.basic.Booster', { _handle: text }), ...more });

describe('a wrapper of LightGBM', () => {
  it.each(['LGBMClassifier', 'LGBMRegressor', 'LGBMRanker'])('that stops early is refused by name: %s', (name) => {
    expect(() => convertEstimator(wrapper(name, { pred_early_stop: true }))).toThrow(`${name} with pred_early_stop`);
  });

  it('that does not stop early is converted', () => {
    expect(() => convertEstimator(wrapper('LGBMClassifier', { pred_early_stop: false }))).not.toThrow();
    expect(() => convertEstimator(wrapper('LGBMClassifier', {}))).not.toThrow();
  });
});
