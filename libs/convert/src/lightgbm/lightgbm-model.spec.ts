import { ConversionRefused } from '../conversion-refused.js';
import { GraphBuilder } from '../onnx-writer/index.js';
import { readLightgbm } from './lightgbm-model.js';

const TREE = `Tree=0
num_leaves=3
num_cat=0
split_feature=0 1
threshold=0.5 -1.5
decision_type=2 8
left_child=1 -1
right_child=-2 -3
leaf_value=1 2 4
is_linear=0
shrinkage=1
`;

const TEXT = `tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=1
objective=regression
feature_names=distance Column_1
feature_infos=[0:9.5] none
tree_sizes=200

${TREE}

end of trees

feature_importances:

parameters:
[boosting: gbdt]

end of parameters

pandas_categorical:null
`;

const scores = (text: string, ...rows: readonly number[]) =>
  readLightgbm(text).evaluate(Float64Array.from(rows), rows.length / 2).score;

describe('readLightgbm', () => {
  it('knows the names and ranges of the features', () => {
    const { features, namesFrom, task, warnings } = readLightgbm(TEXT);
    expect(features).toEqual([
      { name: 'distance', type: 'double', nullable: true, range: { min: 0, max: 9.5 } },
      { name: 'Column_1', type: 'double', nullable: true },
    ]);
    expect({ namesFrom, task, warnings }).toEqual({ namesFrom: 'file', task: 'regression', warnings: [] });
  });

  it('says when the names are fillers of LightGBM', () => {
    expect(readLightgbm(TEXT.replace('distance', 'Column_0')).namesFrom).toBe('made-up');
  });

  it('follows thresholds, and reads a missing value as 0 or sends it to its side', () => {
    expect(scores(TEXT, 0.5, -1.5, 0.5, -1.4, 0.6, 0)).toEqual(Float64Array.of(1, 4, 2));
    expect(scores(TEXT, NaN, NaN)).toEqual(Float64Array.of(4));
  });

  it('reads a value within 1e-35 of zero as zero', () => {
    const text = TEXT.replace('threshold=0.5', 'threshold=-1.0000000180025095e-35');
    expect(scores(text, -1e-35, 0, -1.1e-35, 0)).toEqual(Float64Array.of(2, 4));
  });

  it('reads files with Windows line ends', () => {
    expect(scores(TEXT.replaceAll('\n', '\r\n'), 0.6, 0)).toEqual(Float64Array.of(2));
  });

  it('warns of an objective of the user', () => {
    expect(readLightgbm(TEXT.replace('objective=regression\n', '')).warnings).toHaveLength(1);
  });

  it('stops at the best iteration where there is one', () => {
    const two = TEXT.replace('tree_sizes=200', 'tree_sizes=200 200').replace(
      '\nend of',
      `${TREE.replace('=0', '=1')}\n\nend of`,
    );
    const score = (bestIteration: number) =>
      readLightgbm(two, { bestIteration }).evaluate(Float64Array.of(0.6, 0), 1).score;
    expect([score(1), score(0), score(-1)]).toEqual([Float64Array.of(2), Float64Array.of(4), Float64Array.of(4)]);
  });

  it('reads a newer format whose fields are all known, and says so', () => {
    const newer = TEXT.replace('version=v4', 'version=v5');
    const rows = Float64Array.of(0.6, 0);
    expect(readLightgbm(TEXT).warnings).toEqual([]);
    expect(readLightgbm(newer).warnings).toEqual([expect.stringContaining('v5 is newer')]);
    expect(readLightgbm(newer).evaluate(rows, 1)).toEqual(readLightgbm(TEXT).evaluate(rows, 1));
    expect(() => readLightgbm(newer.replace('num_cat=0', 'num_cat=0\nsoft_splits=1'))).toThrow(/soft_splits/);
  });

  it.each([
    ['another file', TEXT, 'hello'],
    ['an older format', 'version=v4', 'version=v2'],
    ['a format without a number', 'version=v4', 'version=next'],
    ['a field that is not known', 'max_feature_idx=1', 'max_feature_idx=1\nlink=loglog'],
    ['a field of a tree that is not known', 'num_leaves=3', 'num_leaves=3\nleaf_link=1'],
    ['a cut text', '\nend of trees', '\nend of'],
    ['a cut tail', 'end of parameters', ''],
    ['missing trees', 'tree_sizes=200', 'tree_sizes=200 200'],
    ['a billion features', 'max_feature_idx=1', 'max_feature_idx=1000000000'],
    ['billions of leaves', 'num_leaves=3', 'num_leaves=2000000000'],
    ['no number of leaves', 'num_leaves=3', 'num_leaves='],
    ['too few leaves', 'leaf_value=1 2 4', 'leaf_value=1 2'],
    ['a leaf that is no number', 'leaf_value=1', 'leaf_value=nan'],
    ['an infinite leaf', 'leaf_value=1', 'leaf_value=1e999'],
    ['a threshold of text', 'threshold=0.5', 'threshold=half'],
    ['a hexadecimal threshold', 'threshold=0.5', 'threshold=0x10'],
    ['an unknown kind of missing value', 'decision_type=2', 'decision_type=14'],
    ['more trees than are read', 'Tree=0\n', 'Tree=0\n'.repeat(100_001)],
    ['a cycle', 'left_child=1', 'left_child=0'],
    ['a shared leaf', 'right_child=-2', 'right_child=-1'],
    ['a child out of range', 'left_child=1', 'left_child=2'],
    ['a leaf out of range', 'right_child=-2', 'right_child=-9'],
    ['a feature out of range', 'split_feature=0', 'split_feature=2'],
    ['a false category', 'decision_type=2', 'decision_type=1'],
    ['an unknown objective', 'objective=regression', 'objective=mine'],
    ['too few names', 'feature_names=distance ', 'feature_names='],
    ['categories that are cut', 'pandas_categorical:null', 'pandas_categorical:[["a"'],
    ['categories without their columns', 'pandas_categorical:null', 'pandas_categorical:[["a"]]'],
    [
      'zero and number in one feature',
      'split_feature=0 1\nthreshold=0.5 -1.5\ndecision_type=2 8',
      'split_feature=0 0\nthreshold=0.5 -1.5\ndecision_type=2 4',
    ],
  ])('refuses %s', (_, good, bad) => {
    expect(TEXT).toContain(good);
    expect(() => readLightgbm(TEXT.replace(good, bad))).toThrow(ConversionRefused);
  });

  it('wants named columns where categories have names', () => {
    const text = TEXT.replace('pandas_categorical:null', 'pandas_categorical:[["a","b"]]').replace(
      'boosting: gbdt',
      'categorical_feature: 1',
    );
    const g = new GraphBuilder();
    expect(readLightgbm(text).features[1]).toMatchObject({ type: 'string' });
    expect(() => readLightgbm(text).apply(g, g.input('x', 'double', 2))).toThrow(/named columns/);
  });

  it('makes a classifier only of an objective that gives probabilities', () => {
    expect(() => readLightgbm(TEXT, { estimator: 'classifier' })).toThrow(ConversionRefused);
    const binary = readLightgbm(TEXT.replace('=regression', '=binary sigmoid:1'), { classes: ['no', 'yes'] });
    expect({ task: binary.task, classes: binary.classes }).toEqual({ task: 'binary', classes: ['no', 'yes'] });
    expect(binary.evaluate(Float64Array.of(0.6, 0), 1).probabilities?.[1]).toBeCloseTo(1 / (1 + Math.exp(-2)), 15);
  });
});
