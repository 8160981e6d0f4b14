"""How good the recipes are, and how good that looks by the way the test part is chosen."""
import numpy as np
from sklearn.base import clone
from sklearn.metrics import (average_precision_score, brier_score_loss, mean_absolute_error, r2_score,
                             roc_auc_score, root_mean_squared_error)
from sklearn.model_selection import KFold, train_test_split

from recipes import LATE

FOLDS = 5
SPLIT_SEED = 42
LAST_TRAINING_MONTH = 9


def splits(table):
    """By name: pairs of the rows to learn from and the rows to be judged on."""
    rows = np.arange(len(table))
    before = table['month'].to_numpy() <= LAST_TRAINING_MONTH
    return {
        'random rows, 80/20': [train_test_split(rows, test_size=0.2, random_state=SPLIT_SEED)],
        'whole days, 5 folds': list(by_day(table)),
        'January to September, then October to December': [(rows[before], rows[~before])],
    }


def by_day(table):
    day = table['month'].to_numpy() * 100 + table['day'].to_numpy()
    days = np.unique(day)
    for _, held_out in KFold(FOLDS, shuffle=True, random_state=SPLIT_SEED).split(days):
        is_held_out = np.isin(day, days[held_out])
        yield np.flatnonzero(~is_held_out), np.flatnonzero(is_held_out)


def judge(measure, folds, predict, truth):
    """The measures on the held-out rows, their mean where there are several folds."""
    measured = [measure(truth[test], predict(train, test)) for train, test in folds]
    return {name: round(float(np.mean([each[name] for each in measured])), 4) for name in measured[0]}


def of_minutes(truth, predicted):
    return {'mae': mean_absolute_error(truth, predicted), 'rmse': root_mean_squared_error(truth, predicted),
            'r2': r2_score(truth, predicted)}


def of_lateness(truth, probability):
    is_late = truth == LATE
    return {'auc': roc_auc_score(is_late, probability), 'average_precision': average_precision_score(is_late, probability),
            'brier': brier_score_loss(is_late, probability)}


def fitted(recipe, x, y):
    """A predictor of held-out rows by a model that is made anew for each fold."""
    def predict(train, test):
        model = clone(recipe).fit(x.iloc[train], y[train])
        if hasattr(model, 'predict_proba'):
            return model.predict_proba(x.iloc[test])[:, list(model.classes_).index(LATE)]
        return model.predict(x.iloc[test])
    return predict


def constant(of, y):
    """A predictor that has seen no feature."""
    return lambda train, test: np.full(len(test), of(y[train]))
