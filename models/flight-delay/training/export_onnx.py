"""Writes a model of the original's form, {x_scaler, model, y_scaler}, as ONNX in double precision.

    pip install lightgbm==4.7.0 scikit-learn==1.9.1 onnx==1.23.2
    python export_onnx.py baseline.pkl ../1/model.onnx

Every value, threshold and leaf stays a double (TreeEnsemble of ai.onnx.ml 5): a float32 export takes other branches on
rows near a threshold. A pickle runs code when it is loaded: open only your own.
"""
import json, pickle, sys
from pathlib import Path
import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

FEATURES = ['sched_dep_time', 'sched_arr_time', 'distance', 'clouds', 'pres', 'wind_spd', 'precip', 'snow']
LEQ = 0


def flat(trees):
    """All trees in one list of splits and one of leaves; a child is (index, 1 where it is a leaf)."""
    splits, leaves, roots = [], [], []

    def add(node):
        if 'split_feature' not in node:
            leaves.append(node['leaf_value'])
            return len(leaves) - 1, 1
        assert node['decision_type'] == '<=' and node['missing_type'] == 'None'
        at = len(splits)
        splits.append(None)
        splits[at] = (node['split_feature'], node['threshold'], add(node['left_child']), add(node['right_child']))
        return at, 0

    for tree in trees:
        root, is_leaf = add(tree['tree_structure'])
        assert not is_leaf
        roots.append(root)
    return splits, leaves, roots


def ensemble(booster, given, wanted):
    splits, leaves, roots = flat(booster.dump_model()['tree_info'])
    double = lambda values: numpy_helper.from_array(np.array(values, dtype=np.float64))
    return helper.make_node(
        'TreeEnsemble', [given], [wanted], domain='ai.onnx.ml', n_targets=1, aggregate_function=1, post_transform=0,
        nodes_featureids=[s[0] for s in splits], nodes_splits=double([s[1] for s in splits]),
        nodes_modes=numpy_helper.from_array(np.full(len(splits), LEQ, dtype=np.uint8)),
        nodes_truenodeids=[s[2][0] for s in splits], nodes_trueleafs=[s[2][1] for s in splits],
        nodes_falsenodeids=[s[3][0] for s in splits], nodes_falseleafs=[s[3][1] for s in splits],
        leaf_targetids=[0] * len(leaves), leaf_weights=double(leaves), tree_roots=roots)


def main(source, target):
    parts = pickle.loads(Path(source).read_bytes())
    xs, ys = parts['x_scaler'], parts['y_scaler']
    constants = {'x_mean': xs.mean_, 'x_scale': xs.scale_, 'y_mean': ys.mean_, 'y_scale': ys.scale_}
    nodes = [helper.make_node('Sub', ['features', 'x_mean'], ['centred']),
             helper.make_node('Div', ['centred', 'x_scale'], ['scaled']),
             ensemble(parts['model'], 'scaled', 'raw'),
             helper.make_node('Mul', ['raw', 'y_scale'], ['unscaled']),
             helper.make_node('Add', ['unscaled', 'y_mean'], ['score'])]
    value = lambda name, width: helper.make_tensor_value_info(name, TensorProto.DOUBLE, ['batch', width])
    graph = helper.make_graph(nodes, 'flight_delay', [value('features', len(FEATURES))], [value('score', 1)],
                              [numpy_helper.from_array(v, n) for n, v in constants.items()])
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid('', 20), helper.make_opsetid('ai.onnx.ml', 5)])
    helper.set_model_props(model, {'feature_names': json.dumps(FEATURES)})
    checker.check_model(model)
    save(model, target)


main(*sys.argv[1:3])
