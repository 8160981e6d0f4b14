import { unsupported } from '../trees/index.js';
import type { ModelText } from './model-text.js';

const ADVICE =
  'Train again where the columns of pandas categories are exactly the categorical features, none of them ordered';
// Enough to go and look.
const MAX_WARNINGS = 5;

type List = readonly unknown[];

/** A feature as the header knows it; `seen` in training are categories `-1:2:0:1`, the range `[0:2]` of numbers, or `none`. */
interface Column {
  readonly name: string;
  readonly seen: string;
  readonly isCategorical: boolean;
}

/**
 * Refuses where the lists are not those of the categorical features, and warns where they may be of others as well. LightGBM lists
 * ordered categories too, which are numbers to it, and `categorical_feature` may name columns of plain integers: where there are as
 * many of these as of those, lists have another's feature.
 */
export function checkCategoryPlaces(text: ModelText, features: readonly number[]): readonly string[] {
  const columns = columnsOf(text, new Set(features));
  const lists = text.pandasCategories;
  lists.forEach((list, i) => checkFits(columns[features[i]], list));
  const others = otherPlaces(columns, lists, features);
  const doubts = lists.flatMap((list, i) => {
    const isSure = others[i] === features[i] || !matters(list);
    return isSure ? [] : [{ list, own: columns[features[i]], other: columns[others[i]] }];
  });
  doubts.forEach(checkSeen);
  return doubts.slice(0, MAX_WARNINGS).map(warningOf);
}

function columnsOf({ header, featureCount }: ModelText, categorical: ReadonlySet<number>): readonly Column[] {
  const names = (header.get('feature_names') ?? '').split(' ');
  const infos = (header.get('feature_infos') ?? '').split(' ');
  return Array.from({ length: featureCount }, (_, i) => ({
    name: `feature ${JSON.stringify((names[i] ?? String(i)).slice(0, 40))}`,
    seen: infos[i] ?? 'none',
    isCategorical: categorical.has(i),
  }));
}

/** Whether a list may be the categories of a column: its codes are the places in the list. */
function fits({ seen, isCategorical }: Column, { length }: List): boolean {
  if (seen === 'none') return isCategorical;
  if (seen.startsWith('[')) return seen === `[0:${length - 1}]`;
  return seen.split(':').every((code) => Number(code) < length);
}

/** Another column that each list may be of when the lists keep their order; its own where there is none. */
function otherPlaces(columns: readonly Column[], lists: readonly List[], own: readonly number[]): readonly number[] {
  const first = firstPlaces(columns, lists);
  const fromEnd = firstPlaces(columns.toReversed(), lists.toReversed());
  const last = fromEnd.toReversed().map((place) => columns.length - 1 - place);
  return own.map((feature, i) => (first[i] === feature ? last[i] : first[i]));
}

/** The first column that each list fits behind that of the list before; there is one, as every list fits its own. */
function firstPlaces(columns: readonly Column[], lists: readonly List[]): readonly number[] {
  let next = 0;
  return lists.map((list) => {
    while (!fits(columns[next], list)) next++;
    return next++;
  });
}

/**
 * Whether a request would not show that a list is another's: numbers that are not their own codes. Nobody orders two categories,
 * and columns of 0 and 1 are in every table.
 */
function matters(list: List): boolean {
  return list.length > 2 && list.some((value, code) => typeof value === 'number' && value !== code);
}

function checkFits(column: Column, list: List): void {
  if (fits(column, list)) return;
  const own = `the ${list.length} pandas categories (${sample(list)}) that would be its own`;
  unsupported(
    `${column.name} of the LightGBM model was trained with others than ${own}: the file does not say whose they are`,
    ADVICE,
  );
}

/** A list that may be of another column. */
interface Doubt {
  readonly list: List;
  readonly own: Column;
  readonly other: Column;
}

/** Refuses where training did not see all categories of the list in its own column: the other one fits better. */
function checkSeen({ list, own, other }: Doubt): void {
  const codes = own.seen.split(':').filter((code) => Number(code) >= 0);
  if (codes.length === list.length) return;
  const what = `whether the categories (${sample(list)}) are of ${own.name} or of ${other.name}`;
  unsupported(`the LightGBM model does not say ${what}`, ADVICE);
}

function warningOf({ list, own, other }: Doubt): string {
  return `The categories (${sample(list)}) are taken for those of ${own.name}, but may be of ${other.name}: compare a few scores.`;
}

function sample(list: List): string {
  const some = list.slice(0, 3).map((value) => JSON.stringify(value).slice(0, 40));
  return [...some, ...(list.length > 3 ? ['…'] : [])].join(', ');
}
