import { tooComplex, unreadable, unsupported } from '../trees/index.js';

/** Versions of the format: those before 3 meant other things, those after 4 are not known. */
const [OLDEST, NEWEST] = [3, 4];
const HEADER = fieldsOf(
  'tree version num_class num_tree_per_iteration label_index max_feature_idx objective average_output feature_names ' +
    'monotone_constraints feature_infos tree_sizes',
);
const TREE = fieldsOf(
  'Tree num_leaves num_cat split_feature split_gain threshold decision_type left_child right_child leaf_value leaf_weight ' +
    'leaf_count internal_value internal_weight internal_count cat_boundaries cat_threshold is_linear leaf_const ' +
    'num_features leaf_features leaf_coeff shrinkage',
);
const MAX_FEATURES = 100_000;
const MAX_TREES = 100_000;
const MAX_OUTPUTS = 1_000;

/** The `key=value` lines of a block; a line without a sign is a key of an empty value. */
export type Block = ReadonlyMap<string, string>;

/** A LightGBM model file, split but not yet understood. */
export interface ModelText {
  readonly header: Block;
  readonly trees: readonly Block[];
  /** `[name: value]` lines of the training parameters; empty where the file has none. */
  readonly parameters: Block;
  /** The categories of each pandas category column, in the order of the columns. */
  readonly pandasCategories: readonly (readonly unknown[])[];
  readonly featureCount: number;
  /** What to know about a format that is newer than the known ones. */
  readonly warnings: readonly string[];
  /** Trees of one iteration: 1, or one a class. */
  readonly treesPerIteration: number;
}

/** Splits the text of a model; refuses one that is cut or of another version. */
export function splitModelText(text: string): ModelText {
  const lines = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  if (!lines.startsWith('tree\n')) unreadable('the text does not start as a LightGBM model does');
  const end = lines.indexOf('\nend of trees');
  if (end < 0) unreadable('the LightGBM model is cut: "end of trees" is missing');
  const [head, ...trees] = lines.slice(0, end).split(/\n(?=Tree=\d+\n)/);
  if (trees.length > MAX_TREES) tooComplex(`the LightGBM model has more than ${MAX_TREES} trees`);
  const header = blockOf(head);
  const warnings = versionWarnings(header);
  checkTreeCount(header, trees);
  const blocks = trees.map(blockOf);
  checkFields([header], HEADER);
  checkFields(blocks, TREE);
  return { header, trees: blocks, warnings, ...counts(header), ...tail(lines.slice(end)) };
}

/** A whole number of a block, between bounds. */
export function integerOf(block: Block, key: string, [least, most]: readonly [number, number]): number {
  const text = block.get(key) ?? '';
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least) {
    return unreadable(`${key} of the LightGBM model is ${JSON.stringify(text.slice(0, 40))}`);
  }
  return value <= most ? value : tooComplex(`${key} of the LightGBM model is ${value}; at most ${most} is read`);
}

function blockOf(text: string): Block {
  const block = new Map<string, string>();
  for (const line of text.split('\n')) {
    const sign = line.indexOf('=');
    if (line !== '') block.set(sign < 0 ? line : line.slice(0, sign), sign < 0 ? '' : line.slice(sign + 1));
  }
  return block;
}

function counts(header: Block): Pick<ModelText, 'featureCount' | 'treesPerIteration'> {
  return {
    featureCount: integerOf(header, 'max_feature_idx', [0, MAX_FEATURES - 1]) + 1,
    treesPerIteration: integerOf(header, 'num_tree_per_iteration', [1, MAX_OUTPUTS]),
  };
}

/** Refuses formats before those that are known, and says what is later than those. */
function versionWarnings(header: Block): readonly string[] {
  const version = header.get('version') ?? 'none';
  const number = /^v\d{1,3}$/.test(version) ? Number(version.slice(1)) : 0;
  if (number < OLDEST) {
    const advice = 'Load it with LightGBM 3 or 4 and save it again';
    unsupported(`version ${JSON.stringify(version.slice(0, 20))} of LightGBM's format is not read`, advice);
  }
  if (number <= NEWEST) return [];
  return [`LightGBM's format ${version} is newer than those that are known (v3 and v4): compare a few scores.`];
}

/** A field that is not known may change what the others mean. */
function checkFields(blocks: readonly Block[], known: ReadonlySet<string>): void {
  const unknown = blocks.flatMap((block) => [...block.keys()]).find((key) => !known.has(key));
  if (unknown === undefined) return;
  const advice = 'Load it with LightGBM 4.7 or older and save it again';
  unsupported(`the LightGBM model has a field ${JSON.stringify(unknown.slice(0, 40))} that is not known`, advice);
}

function fieldsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

function checkTreeCount(header: Block, trees: readonly string[]): void {
  const sizes = header.get('tree_sizes')?.split(' ').filter(Boolean);
  const isInOrder = trees.every((tree, i) => tree.startsWith(`Tree=${i}\n`));
  if (isInOrder && (sizes === undefined || sizes.length === trees.length)) return;
  unreadable(`the LightGBM model holds ${trees.length} trees, its header announces ${sizes?.length ?? 'others'}`);
}

function tail(text: string): Pick<ModelText, 'parameters' | 'pandasCategories'> {
  const start = text.indexOf('\nparameters:');
  const end = text.indexOf('\nend of parameters');
  if (start >= 0 && end < start) unreadable('the LightGBM model is cut: "end of parameters" is missing');
  return { parameters: parametersOf(text.slice(start, end)), pandasCategories: pandasCategoriesOf(text) };
}

function parametersOf(text: string): Block {
  const lines = text.matchAll(/^\[(\w+): (.*)\]$/gm);
  return new Map(Array.from(lines, ([, name, value]) => [name, value]));
}

function pandasCategoriesOf(text: string): readonly (readonly unknown[])[] {
  const line = /^pandas_categorical:(.*)$/m.exec(text);
  const lists = line ? parsed(line[1]) : null;
  if (lists === null) return [];
  if (Array.isArray(lists) && lists.every((list) => Array.isArray(list))) return lists;
  return unreadable('pandas_categorical of the LightGBM model is not a list of lists');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return unreadable('pandas_categorical of the LightGBM model is cut');
  }
}
