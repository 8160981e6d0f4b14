import {
  arrayOf,
  doublesOf,
  hasField,
  integersOf,
  structuredField,
  type NdArray,
  type PyObject,
} from '../../pickle/index.js';
import { SplitMode, unreadable, type Leaf, type Split, type TreeSource } from '../../trees/index.js';

const WORDS_PER_SET = 8;
const BITS_PER_WORD = 32;

/** The categories that training saw, by feature. */
export type KnownCategories = ReadonlyMap<number, readonly number[]>;

interface HistNodes {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly features: readonly number[];
  readonly thresholds: Float64Array;
  readonly missingGoLeft: readonly number[];
  readonly isLeaf: readonly number[];
  readonly values: Float64Array;
  readonly isCategorical: readonly number[] | undefined;
  readonly setNumbers: readonly number[] | undefined;
}

/** A tree of hist gradient boosting: its categories are small whole numbers in sets of 256 bits. */
export function histTree(predictor: PyObject, known: KnownCategories): TreeSource {
  const nodes = arrayOf(predictor, 'nodes');
  const read = readNodes(nodes);
  const sets = read.isCategorical?.includes(1) ? integersOf(arrayOf(predictor, 'raw_left_cat_bitsets')) : [];
  const nodeAt = (index: number): Split | Leaf => {
    if (read.isLeaf[index]) return { weights: [read.values[index]] };
    return read.isCategorical?.[index] ? categorySplit(read, index, { sets, known }) : numberSplit(read, index);
  };
  return { nodeCount: nodes.size, node: nodeAt };
}

function readNodes(nodes: NdArray): HistNodes {
  const field = (name: string) => integersOf(structuredField(nodes, name));
  const hasCategories = hasField(nodes, 'is_categorical');
  return {
    left: field('left'),
    right: field('right'),
    features: field('feature_idx'),
    // `threshold` until 0.24.
    thresholds: doublesOf(structuredField(nodes, hasField(nodes, 'num_threshold') ? 'num_threshold' : 'threshold')),
    missingGoLeft: field('missing_go_to_left'),
    isLeaf: field('is_leaf'),
    values: doublesOf(structuredField(nodes, 'value')),
    isCategorical: hasCategories ? field('is_categorical') : undefined,
    setNumbers: hasCategories ? field('bitset_idx') : undefined,
  };
}

function numberSplit(nodes: HistNodes, index: number): Split {
  return {
    feature: nodes.features[index],
    mode: SplitMode.lessOrEqual,
    threshold: nodes.thresholds[index],
    missingIsTrue: nodes.missingGoLeft[index] === 1,
    whenTrue: nodes.left[index],
    whenFalse: nodes.right[index],
  };
}

interface Categories {
  readonly sets: readonly number[];
  readonly known: KnownCategories;
}

/** A category that training did not see goes where missing values go: with them left, the split asks for the right side's. */
function categorySplit(nodes: HistNodes, index: number, { sets, known }: Categories): Split {
  const feature = nodes.features[index];
  const left = membersOf(sets, nodes.setNumbers![index]);
  const shared = { feature, mode: SplitMode.member, threshold: 0, missingIsTrue: false };
  if (nodes.missingGoLeft[index] !== 1) {
    return { ...shared, members: left, whenTrue: nodes.left[index], whenFalse: nodes.right[index] };
  }
  const all = known.get(feature) ?? unreadable(`a split by categories of feature ${feature}, which has none`);
  const right = all.filter((category) => !left.includes(category));
  return { ...shared, members: right, whenTrue: nodes.right[index], whenFalse: nodes.left[index] };
}

function membersOf(sets: readonly number[], number: number): readonly number[] {
  const words = sets.slice(number * WORDS_PER_SET, (number + 1) * WORDS_PER_SET);
  if (words.length !== WORDS_PER_SET) unreadable('a split by categories without its set');
  return words.flatMap((word, i) =>
    Array.from({ length: BITS_PER_WORD }, (_, bit) => bit)
      .filter((bit) => (word >>> bit) & 1)
      .map((bit) => i * BITS_PER_WORD + bit),
  );
}
