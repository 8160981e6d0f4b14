import { ConversionRefused } from '../conversion-refused.js';
import { thresholdRows } from './threshold-rows.js';
import { TreeEnsembleBuilder } from './tree-ensemble-builder.js';
import { SplitMode, type Leaf, type Split } from './tree-node.js';

const SPLIT: Split = { feature: 0, mode: SplitMode.less, threshold: 1, missingIsTrue: true, whenTrue: 1, whenFalse: 2 };

function build(nodes: readonly (Split | Leaf)[]) {
  const builder = new TreeEnsembleBuilder({ inputs: 2 });
  builder.addTree({ nodeCount: nodes.length, node: (index) => nodes[index] });
  return builder.build();
}

const leaves = [{ weights: [3] }, { weights: [5] }];

describe('TreeEnsembleBuilder', () => {
  it('makes trees that send values and missing values to their leaves', () => {
    const rows = Float64Array.of(0, 0, 1, 0, NaN, 0);
    expect(build([SPLIT, ...leaves]).evaluate(rows, 3, 2)).toEqual(Float64Array.of(3, 5, 3));
  });

  it('finds members, and none in an empty set', () => {
    const member = { ...SPLIT, mode: SplitMode.member, missingIsTrue: false };
    const rows = Float64Array.of(2, 0, -0, 0, NaN, 0, -Infinity, 0);
    expect([...build([{ ...member, members: [0, 2] }, ...leaves]).evaluate(rows, 4, 2)]).toEqual([3, 3, 5, 5]);
    expect([...build([{ ...member, members: [] }, ...leaves]).evaluate(rows, 4, 2)]).toEqual([5, 5, 5, 5]);
  });

  it.each<[string, readonly (Split | Leaf)[]]>([
    ['a cycle', [{ ...SPLIT, whenTrue: 0 }, ...leaves]],
    ['a node with two parents', [{ ...SPLIT, whenFalse: 1 }, ...leaves]],
    ['a child out of range', [{ ...SPLIT, whenTrue: 3 }, ...leaves]],
    ['a child that is no index', [{ ...SPLIT, whenTrue: 1.5 }, ...leaves]],
    ['a feature out of range', [{ ...SPLIT, feature: 2 }, ...leaves]],
    ['a threshold that is no number', [{ ...SPLIT, threshold: NaN }, ...leaves]],
    ['a category that is no number', [{ ...SPLIT, mode: SplitMode.member, members: [NaN] }, ...leaves]],
    ['an infinite leaf', [SPLIT, leaves[0], { weights: [Infinity] }]],
    ['a leaf of two weights', [SPLIT, leaves[0], { weights: [1, 2] }]],
    ['no nodes', []],
  ])('refuses %s', (_, nodes) => {
    expect(() => build(nodes)).toThrow(ConversionRefused);
  });

  it('refuses a tree that is too deep for the runtime', () => {
    const builder = new TreeEnsembleBuilder({ inputs: 1 });
    const node = (i: number) => ({ ...SPLIT, whenTrue: i + 1, whenFalse: i + 2 });
    expect(() => builder.addTree({ nodeCount: 1e6, node: (i) => (i % 2 ? leaves[0] : node(i)) })).toThrow(
      /deeper than/,
    );
  });
});

describe('thresholdRows', () => {
  it('makes the same rows for the same seed, on the threshold and beside it', () => {
    const ensemble = build([SPLIT, ...leaves]);
    const rows = thresholdRows(ensemble, { count: 200, seed: 5 });
    expect(rows).toEqual(thresholdRows(ensemble, { count: 200, seed: 5 }));
    for (const value of [1, 1 + 2 ** -52, 1 - 2 ** -53, NaN])
      expect(rows.some((each) => Object.is(each, value))).toBe(true);
    expect(thresholdRows(ensemble, { count: 200, nullable: false }).some(Number.isNaN)).toBe(false);
  });
});
