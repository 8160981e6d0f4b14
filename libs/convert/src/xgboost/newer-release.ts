import { unsupported } from '../trees/index.js';
import { optionalMembersOf, type Members, type Part } from './document.js';
import type { XgboostFile } from './read-file.js';

const NEWEST = [3, 2] as const;

/** The members that releases up to the newest known one write, by the name of their object. */
const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  learner: words('attributes feature_names feature_types gradient_booster learner_model_param objective'),
  learner_model_param: words('base_score boost_from_average num_class num_feature num_target'),
  gradient_booster: words('gbtree model name weight_drop'),
  gbtree: words('model name'),
  model: words('boosted_rounds cats gbtree_model_param iteration_indptr tree_info trees weights'),
  gbtree_model_param: words('num_parallel_tree num_trees size_leaf_vector'),
  tree: words(
    'base_weights categories categories_nodes categories_segments categories_sizes default_left id left_children ' +
      'loss_changes parents right_children split_conditions split_indices split_type sum_hessian tree_param',
  ),
  tree_param: words('num_deleted num_feature num_nodes size_leaf_vector'),
};

/** What to tell of a file that a release after the newest known one wrote; refuses it where it holds a field that is not known. */
export function newerReleaseWarnings({ learner, version }: XgboostFile): readonly string[] {
  if (!isNewer(version)) return [];
  const release = versionText(version);
  checkObject('learner', learner, release);
  return [`XGBoost ${release} is newer than the versions that are known (1.5 to 3.2): compare a few scores.`];
}

function isNewer(version: Part | undefined): boolean {
  const [major, minor] = numbersIn(version);
  return major > NEWEST[0] || (major === NEWEST[0] && minor > NEWEST[1]);
}

function versionText(version: Part | undefined): string {
  return numbersIn(version).join('.');
}

/** Three numbers; 0 where the file says something else. */
function numbersIn(version: Part | undefined): number[] {
  const isList = Array.isArray(version) || version instanceof Float64Array;
  return Array.from({ length: 3 }, (_, i) => Number(isList && Number.isFinite(version[i]) ? version[i] : 0));
}

function checkObject(name: string, object: Members, release: string): void {
  const unknown = [...object.keys()].find((key) => !KNOWN[name].has(key));
  if (unknown !== undefined) {
    const found = `XGBoost ${release} is newer than 3.2 and wrote ${JSON.stringify(unknown.slice(0, 40))} into ${name}`;
    unsupported(`${found}, which is not known`, 'Load it with XGBoost 3.2 or older and save it again');
  }
  for (const key of object.keys()) if (key in KNOWN) checkObject(key, optionalMembersOf(object, key), release);
  const trees = object.get('trees');
  if (Array.isArray(trees)) for (const tree of trees) if (tree instanceof Map) checkObject('tree', tree, release);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
