"""The three models: how each is made of a table, and nothing else."""
import lightgbm as lgb
import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder

from one_hour_before import LATE_AFTER, TEXTS

VERSION_1 = ['sched_dep_time', 'sched_arr_time', 'distance', 'clouds', 'pres', 'wind_spd', 'precip', 'snow']
# In the order of the alphabet, so that the second class, whose probability is the score, is the late one.
CLASSES = IN_TIME, LATE = 'in time', 'late'
SEED = 1


def lateness(delay):
    return np.where(delay > LATE_AFTER, LATE, IN_TIME).astype(object)


def version_1():
    """Version 1's trees; its scalers change nothing in what trees can learn, its imputer fills 16 cells of a year."""
    return lgb.LGBMRegressor(num_leaves=31, learning_rate=0.05, n_estimators=100, **reproducible())


def version_2(features):
    encoder = OrdinalEncoder(handle_unknown='use_encoded_value', unknown_value=-1)
    trees = HistGradientBoostingRegressor(
        max_iter=150, learning_rate=0.06, max_leaf_nodes=31, min_samples_leaf=200,
        early_stopping=False, random_state=SEED)
    return Pipeline([('columns', columns(encoder, features)), ('model', trees)])


def late(features):
    encoder = OneHotEncoder(handle_unknown='ignore', sparse_output=False, dtype=np.float64)
    trees = lgb.LGBMClassifier(num_leaves=31, learning_rate=0.06, n_estimators=120, min_child_samples=200, **reproducible())
    return Pipeline([('columns', columns(encoder, features)), ('model', trees)])


def columns(encoder, features):
    numbers = [name for name in features if name not in TEXTS]
    return ColumnTransformer([('texts', encoder, TEXTS), ('numbers', 'passthrough', numbers)])


def reproducible():
    return {'n_jobs': 1, 'random_state': SEED, 'deterministic': True, 'force_row_wise': True, 'verbose': -1}
