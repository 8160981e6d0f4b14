import { nextDown, SplitMode, tooComplex, unreadable, type Split } from '../trees/index.js';
import { integerOf, type Block } from './model-text.js';

/** kZeroThreshold of LightGBM, a float32: whatever lies within counts as 0. */
export const ZERO = Math.fround(1e-35);

const DECIMAL = /^[-+]?[\d.]+(e[-+]?\d+)?$/i;
const MAX_LEAVES = 1_000_000;
const MAX_WORDS = 65_536;

/** How a feature's values are read before they are compared. */
export type FeatureRole = 'number' | 'number, 0 is missing' | 'category';

/** The arrays of one tree; a child below 0 is leaf `~child`. */
export interface LightgbmTree {
  readonly splitCount: number;
  readonly leafValues: readonly number[];
  readonly features: readonly number[];
  readonly linear: LinearParts | undefined;
  roleOf(node: number): FeatureRole;
  /** The split with children as the text has them. */
  split(node: number): Split;
}

/** The linear models in the leaves of a tree trained with `linear_tree`. */
export interface LinearParts {
  readonly constants: readonly number[];
  /** Of each leaf, with as many coefficients. */
  readonly features: readonly (readonly number[])[];
  readonly coefficients: readonly (readonly number[])[];
}

// decision_type: bit 0 category, bit 1 missing goes left, bits 2 and 3 what counts as missing (include/LightGBM/tree.h).
const CATEGORY = 1;
const MISSING_LEFT = 2;
const MISSING_NONE = 0;
const MISSING_ZERO = 1;
const MISSING_NAN = 2;
const missingType = (decision: number) => (decision >> 2) & 3;

/** Reads the block of one tree. */
export function readTree(block: Block): LightgbmTree {
  const leafCount = integerOf(block, 'num_leaves', [1, MAX_LEAVES]);
  const splitCount = leafCount - 1;
  const list = (key: string) => (splitCount === 0 ? [] : numbersOf(block, key, splitCount));
  const features = list('split_feature');
  const thresholds = list('threshold');
  const decisions = list('decision_type');
  if (!decisions.every(isDecision)) unreadable('a decision_type of a LightGBM tree that no release writes');
  const children = { left: list('left_child'), right: list('right_child') };
  const categories = categorySets(block);
  return {
    splitCount,
    features,
    leafValues: numbersOf(block, 'leaf_value', leafCount),
    linear: block.get('is_linear') === '1' ? linearParts(block, leafCount) : undefined,
    roleOf: (node) => role(decisions[node]),
    split: (node) => ({
      feature: features[node],
      whenTrue: children.left[node],
      whenFalse: children.right[node],
      ...comparison(decisions[node], thresholds[node], categories),
    }),
  };
}

function isDecision(decision: number): boolean {
  return Number.isInteger(decision) && decision >= 0 && missingType(decision) <= MISSING_NAN && decision < 16;
}

function role(decision: number): FeatureRole {
  if (decision & CATEGORY) return 'category';
  return missingType(decision) === MISSING_ZERO ? 'number, 0 is missing' : 'number';
}

function comparison(decision: number, threshold: number, categories: (index: number) => readonly number[]) {
  if (decision & CATEGORY) {
    return { mode: SplitMode.member, threshold: 0, members: categories(threshold), missingIsTrue: false };
  }
  // Where nothing counts as missing, LightGBM reads NaN as 0.
  const missingIsTrue = missingType(decision) === MISSING_NONE ? 0 <= threshold : (decision & MISSING_LEFT) !== 0;
  return { mode: SplitMode.lessOrEqual, threshold: besideZero(threshold), missingIsTrue };
}

/** LightGBM reads a value within ZERO of 0 as 0 (RowPairFunctionFromDenseMatric in c_api.cpp): so does a threshold moved out of there. */
function besideZero(threshold: number): number {
  if (Math.abs(threshold) > ZERO) return threshold;
  return threshold < 0 ? nextDown(-ZERO) : ZERO;
}

/** Finds the categories of a set: a run of 32-bit words whose bits they are. */
function categorySets(block: Block): (index: number) => readonly number[] {
  const count = integerOf(block, 'num_cat', [0, MAX_LEAVES]);
  const boundaries = count === 0 ? [0] : numbersOf(block, 'cat_boundaries', count + 1);
  const words = count === 0 ? [] : numbersOf(block, 'cat_threshold', boundaries[count]);
  return (index) => {
    if (!(index in boundaries && index < count))
      unreadable('a LightGBM split on categories that the tree does not list');
    return categoriesOf(words.slice(boundaries[index], boundaries[index + 1]));
  };
}

function categoriesOf(words: readonly number[]): readonly number[] {
  if (words.length > MAX_WORDS) tooComplex(`a LightGBM split lists categories beyond ${32 * MAX_WORDS}`);
  const categories: number[] = [];
  words.forEach((word, i) => {
    for (let bit = 0; bit < 32; bit++) if ((word >>> bit) & 1) categories.push(32 * i + bit);
  });
  return categories;
}

function linearParts(block: Block, leafCount: number): LinearParts {
  const counts = numbersOf(block, 'num_features', leafCount);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const parts = (key: string) => partsOf(numbersOf(block, key, total), counts);
  const constants = numbersOf(block, 'leaf_const', leafCount);
  return { constants, features: parts('leaf_features'), coefficients: parts('leaf_coeff') };
}

function partsOf(numbers: readonly number[], counts: readonly number[]): readonly (readonly number[])[] {
  let start = 0;
  return counts.map((count) => numbers.slice(start, (start += count)));
}

function numbersOf(block: Block, key: string, count: number): readonly number[] {
  const words = (block.get(key) ?? '').split(' ').filter(Boolean);
  if (words.length !== count) unreadable(`${key} of a LightGBM tree has ${words.length} numbers, not ${count}`);
  return words.map((word) => numberOf(word, key));
}

function numberOf(word: string, key: string): number {
  if (word === 'inf' || word === '-inf') return word === 'inf' ? Infinity : -Infinity;
  const value = DECIMAL.test(word) ? Number(word) : NaN;
  return Number.isNaN(value) ? unreadable(`${key} of a LightGBM tree has ${JSON.stringify(word.slice(0, 40))}`) : value;
}
