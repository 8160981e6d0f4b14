const TREES = 2700;
const SPLITS = 31;

/** A LightGBM model of about 8 MB with trees of 32 leaves; its numbers mean nothing. */
export function largeModel() {
  const trees = Array.from({ length: TREES }, (_, i) => tree(i));
  const header = [
    'tree',
    'version=v4',
    'num_class=1',
    'num_tree_per_iteration=1',
    'label_index=0',
    'max_feature_idx=7',
  ];
  const names = Array.from({ length: 8 }, (_, i) => `Column_${i}`).join(' ');
  const sizes = trees.map(({ length }) => length).join(' ');
  const infos = Array(8).fill('[0:4000]').join(' ');
  header.push(
    'objective=regression',
    `feature_names=${names}`,
    `feature_infos=${infos}`,
    `tree_sizes=${sizes}`,
    '',
    '',
  );
  const text = `${header.join('\n')}${trees.join('')}end of trees\n\nfeature_importances:\n\nparameters:\nend of parameters\n`;
  return { fileName: 'large.txt', bytes: Buffer.from(text) };
}

function tree(index) {
  const lines = {
    num_leaves: SPLITS + 1,
    num_cat: 0,
    split_feature: list(SPLITS, () => Math.floor(Math.random() * 8)),
    split_gain: list(SPLITS, () => Math.random()),
    threshold: list(SPLITS, () => Math.random() * 2000),
    decision_type: list(SPLITS, () => 2),
    left_child: list(SPLITS, (i) => child(2 * i + 1)),
    right_child: list(SPLITS, (i) => child(2 * i + 2)),
    leaf_value: list(SPLITS + 1, () => Math.random() - 0.5),
    leaf_weight: list(SPLITS + 1, () => 1),
    leaf_count: list(SPLITS + 1, () => 1),
    internal_value: list(SPLITS, () => Math.random()),
    internal_weight: list(SPLITS, () => 1),
    internal_count: list(SPLITS, () => 2),
    is_linear: 0,
    shrinkage: 1,
  };
  const body = Object.entries(lines).map(([key, value]) => `${key}=${value}`);
  return `Tree=${index}\n${body.join('\n')}\n\n\n`;
}

// A full tree, row by row: what lies beyond the splits is a leaf, and leaves count down from -1.
function child(node) {
  return node < SPLITS ? node : -(node - SPLITS) - 1;
}

function list(length, value) {
  return Array.from({ length }, (_, i) => value(i)).join(' ');
}
