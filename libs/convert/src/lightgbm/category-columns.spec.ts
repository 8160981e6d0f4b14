import { ConversionRefused } from '../conversion-refused.js';
import { readCategoryColumns } from './category-columns.js';
import type { ModelText } from './model-text.js';

/** What LightGBM 4.7 writes of a table, as `name info` a column. */
function text(columns: readonly string[], categorical: string, lists: readonly (readonly unknown[])[]): ModelText {
  const part = (index: number) => columns.map((column) => column.split(' ')[index]).join(' ');
  return {
    header: new Map([
      ['feature_names', part(0)],
      ['feature_infos', part(1)],
    ]),
    parameters: new Map([['categorical_feature', categorical]]),
    pandasCategories: lists,
    featureCount: columns.length,
    trees: [],
    warnings: [],
    treesPerIteration: 1,
  };
}

const SIZES = [10, 20, 30];
const COLORS = ['blue', 'green', 'red'];
const valuesOf = (model: ModelText) =>
  Object.fromEntries(Array.from(readCategoryColumns(model).categories, ([feature, { values }]) => [feature, values]));

describe('readCategoryColumns', () => {
  it('gives each list to its feature', () => {
    const columns = ['size -1:2:0:1', 'weight [0.5:9.25]', 'color -1:1:0:2'];
    expect(valuesOf(text(columns, '0,2', [SIZES, COLORS]))).toEqual({ 0: SIZES, 2: COLORS });
    expect(valuesOf(text(columns, '', [SIZES, COLORS]))).toEqual({ 0: SIZES, 2: COLORS });
  });

  it('gives the lists in the order of the columns, however the parameters count them', () => {
    expect(valuesOf(text(['size -1:2:0:1', 'color -1:1:0:2'], '1,0', [SIZES, COLORS]))).toEqual({
      0: SIZES,
      1: COLORS,
    });
  });

  it('takes categories that training never or seldom saw, and columns without a choice', () => {
    expect(valuesOf(text(['size -1:2:0', 'color none'], '0,1', [SIZES, COLORS]))).toEqual({ 0: SIZES, 1: COLORS });
  });

  it('has no doubt for columns of few whole numbers beside categories that are texts, two, or their own codes', () => {
    const beside = (list: readonly unknown[]) => {
      const codes = list.map((_, code) => code);
      const columns = [`flag [0:${list.length - 1}]`, `own -1:${codes.join(':')}`, `count [0:${list.length - 1}]`];
      const model = text(columns, '1', [list]);
      expect(readCategoryColumns(model).warnings).toEqual([]);
      return valuesOf(model);
    };
    expect(beside(COLORS)).toEqual({ 1: COLORS });
    expect(beside([1, 2])).toEqual({ 1: [1, 2] });
    expect(beside([false, true])).toEqual({ 1: [0, 1] });
    expect(beside([0, 1, 2])).toEqual({ 1: [0, 1, 2] });
  });

  it('refuses the list of an ordered column where a column of plain integers would take it', () => {
    const columns = ['zip -1:40:20:30:0:10', 'size [0:2]', 'color -1:2:0:1'];
    expect(() => readCategoryColumns(text(columns, '0,2', [SIZES, COLORS]))).toThrow(ConversionRefused);
    expect(() => readCategoryColumns(text(columns, '0,2', [SIZES, COLORS]))).toThrow(
      'feature "zip" of the LightGBM model was trained with others than the 3 pandas categories (10, 20, 30)',
    );
  });

  describe.each([
    ['before', ['size [0:2]', 'shop -1:2:0:1', 'color -1:2:0:1'], '1,2', [SIZES, COLORS], '"shop"'],
    ['behind', ['shop -1:2:0:1', 'size [0:2]', 'color -1:2:0:1'], '0,2', [SIZES, COLORS], '"shop"'],
    ['at the end', ['shop -1:2:0:1', 'color -1:2:0:1', 'size [0:2]'], '0,1', [COLORS, SIZES], '"color"'],
  ])('where a list of numbers fits a column of numbers %s', (_, columns, categorical, lists, name) => {
    it('warns where its own saw all of them too', () => {
      const { warnings } = readCategoryColumns(text(columns, categorical, lists));
      expect(warnings).toEqual([
        `The categories (10, 20, 30) are taken for those of feature ${name}, but may be of feature "size": compare a few scores.`,
      ]);
    });

    it('refuses where its own did not', () => {
      const rarer = columns.map((column) => column.replace('-1:2:0:1', '-1:2:0'));
      expect(() => readCategoryColumns(text(rarer, categorical, lists))).toThrow(
        `does not say whether the categories (10, 20, 30) are of feature ${name} or of feature "size"`,
      );
    });
  });

  it('takes a list of numbers that the order of the columns leaves to one feature', () => {
    const columns = ['color -1:0:1:2', 'size -1:2:0:1', 'shape -1:0:1', 'count [0:2]'];
    const lists = [COLORS, SIZES, ['box', 'can']];
    expect(valuesOf(text(columns, '0,1,2', lists))).toEqual({ 0: COLORS, 1: SIZES, 2: ['box', 'can'] });
    expect(readCategoryColumns(text(columns, '0,1,2', lists)).warnings).toEqual([]);
  });

  it('refuses categories of a feature that training read as numbers', () => {
    expect(() => readCategoryColumns(text(['size [0.5:9.5]'], '0', [SIZES]))).toThrow('feature "size"');
  });
});
