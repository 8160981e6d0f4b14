import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConversionRefused } from '../conversion-refused.js';
import { readXgboost } from './xgboost-model.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/xgboost');
const read = (name: string) => readFileSync(`${FIXTURES}/${name}`);
const JSON_MODEL = read('logistic-2.1.json').toString();
const changed = (good: string | RegExp, bad: string) => Buffer.from(JSON_MODEL.replace(good, bad));

describe('readXgboost', () => {
  it('knows the names of the features, and the classes', () => {
    const { features, namesFrom, task, classes } = readXgboost(read('logistic-2.1.json'));
    expect(features.map(({ name }) => name)).toEqual(['dep_hour', 'distance', 'clouds', 'wind', 'rain']);
    expect({ namesFrom, task, classes }).toEqual({ namesFrom: 'file', task: 'binary', classes: [0, 1] });
  });

  it('makes names up where the file has none', () => {
    const { features, namesFrom } = readXgboost(read('regression-3.2.ubj'));
    expect([features[4].name, namesFrom]).toEqual(['f4', 'made-up']);
  });

  it('says what scikit-learn knew: a classifier saved by its wrapper stops at its best iteration', () => {
    const model = readXgboost(read('early-stopping-3.2.ubj'));
    const all = readXgboost(read('early-stopping-3.2.ubj'), { stopsAtBest: false });
    const rows = model.checkRows(50);
    expect(model.task).toBe('multiclass');
    expect(model.evaluate(rows, 50)).not.toEqual(all.evaluate(rows, 50));
  });

  it('knows the categories of pandas, and warns where it has only their codes', () => {
    const [city, age, plan] = readXgboost(read('pandas-categories-3.2.ubj')).features;
    expect(city).toMatchObject({ type: 'string', categories: ['Oslo', 'Rio', 'Sao Paulo'] });
    expect([age.type, plan.categories]).toEqual(['double', [10, 20, 40]]);
    expect(readXgboost(read('categorical-3.2.json')).warnings.join()).toContain('f0');
  });

  it('reads a file of a newer release whose fields are all known, and says so', () => {
    const newer = changed(/"version":\[[^\]]*\]/, '"version":[3,3,0]');
    const rows = readXgboost(newer).checkRows(20);
    expect(readXgboost(newer).warnings).toEqual([expect.stringContaining('XGBoost 3.3.0 is newer')]);
    expect(readXgboost(newer).evaluate(rows, 20)).toEqual(readXgboost(read('logistic-2.1.json')).evaluate(rows, 20));
  });

  it.each([
    ['its learner', '"learner":{', '"learner":{"link":"loglog",'],
    ['its parameters', '"learner_model_param":{', '"learner_model_param":{"scale":"2",'],
    ['its booster', '"gbtree_model_param":{', '"leaf_kind":"linear","gbtree_model_param":{'],
    ['a tree', '"tree_param":{', '"soft":[],"tree_param":{'],
  ])('refuses a file of a newer release with a field in %s that is not known', (_, good, bad) => {
    const newer = Buffer.from(
      changed(good, bad)
        .toString()
        .replace(/"version":\[[^\]]*\]/, '"version":[4,0,0]'),
    );
    expect(() => readXgboost(changed(good, bad))).not.toThrow();
    expect(() => readXgboost(newer)).toThrow(/XGBoost 4.0.0 is newer than 3.2 and wrote/);
  });

  it('knows what a wrapper of 1.x counted as missing', () => {
    const wrapper = JSON.stringify('{"missing": 0.0, "gamma": NaN}');
    const model = readXgboost(changed('"attributes":{}', `"attributes":{"scikit_learn":${wrapper}}`));
    const scores = (value: number) => model.evaluate(new Float64Array(5).fill(value), 1);
    expect(scores(0)).toEqual(scores(NaN));
    expect(readXgboost(read('logistic-2.1.json')).evaluate(new Float64Array(5), 1)).not.toEqual(scores(NaN));
  });

  it.each([
    ['something else', /^.*$/s, 'hello'],
    ['the old binary format', /^/, 'binf'],
    ['a cut file', /.{99}$/s, ''],
    ['no learner', '"learner"', '"teacher"'],
    ['an unknown objective', 'binary:logistic', 'binary:mine'],
    ['an unknown booster', '"name":"gbtree"', '"name":"gbforest"'],
    ['a false base score', /"base_score":"[^"]*"/, '"base_score":"high"'],
    ['a base score without a logit', /"base_score":"[^"]*"/, '"base_score":"2"'],
    ['a billion features', /"num_feature":"5",("num_target)/, '"num_feature":"1000000000",$1'],
    ['too few features', /"num_feature":"5",("num_target)/, '"num_feature":"2",$1'],
    ['a cycle', /"left_children":\[1,/, '"left_children":[0,'],
    ['a child out of range', /"left_children":\[1,/, '"left_children":[99,'],
    ['a list of another length', /"default_left":\[\d,/, '"default_left":['],
    ['a text among numbers', /"default_left":\[\d,/, '"default_left":["1",'],
    ['a category that the tree does not list', /"split_type":\[0/, '"split_type":[1'],
    ['several values a leaf', /"size_leaf_vector":"\d"/, '"size_leaf_vector":"3"'],
    ['deep nesting', '"attributes":{}', `"attributes":${'['.repeat(100)}${']'.repeat(100)}`],
  ])('refuses %s', (_, good, bad) => {
    expect(changed(good, bad).toString()).not.toBe(JSON_MODEL);
    expect(() => readXgboost(changed(good, bad))).toThrow(ConversionRefused);
  });

  it('refuses or reads any file that is cut or has a changed byte, and throws nothing else', () => {
    const file = read('targets-3.2.ubj');
    for (let at = 0; at < file.length; at += 13) {
      expect(outcome(file.subarray(0, at))).toBe('refused');
      const bad = Buffer.from(file);
      bad[at] ^= 1 + (at % 255);
      expect(['refused', 'read']).toContain(outcome(bad));
    }
  });

  it('reads every fixture', () => {
    const models = readdirSync(FIXTURES).filter((name) => /\.(ubj|json)$/.test(name) && !name.includes('expected'));
    for (const name of models) expect(outcome(read(name))).toBe('read');
  });
});

function outcome(file: Uint8Array): string {
  try {
    readXgboost(file);
    return 'read';
  } catch (error) {
    return error instanceof ConversionRefused ? 'refused' : String(error);
  }
}
