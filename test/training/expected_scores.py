"""Writes flights and what the shipped models answer for them in Python: to standard output, as CSV.

    python expected_scores.py                          flights drawn from the committed statistics (expected-scores.csv)
    python expected_scores.py --table TABLE --rows N   flights of the table that the models have not seen

Needs models/flight-delay/training/requirements.txt.
"""
import argparse
import json
import pickle
import sys
from pathlib import Path

import joblib
import numpy as np
import pandas as pd

MODELS = Path(__file__).resolve().parents[2] / 'models'
sys.path.insert(0, str(MODELS / 'flight-delay/training'))
SEED = 1
DRAWN = 200
UNKNOWN = ['ZZ']


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--table', type=Path)
    parser.add_argument('--rows', type=int, default=2000)
    options = parser.parse_args()
    x = held_out(options.table, options.rows) if options.table else drawn()
    answered(x).to_csv(sys.stdout, index=False, lineterminator='\n')


def answered(x):
    delay = joblib.load(MODELS / 'flight-delay/2/model.joblib')
    late = pickle.loads((MODELS / 'flight-late/1/model.pkl').read_bytes())
    return x.assign(expected_delay=delay.predict(x), expected_late=late.predict_proba(x)[:, 1])


def held_out(path, rows):
    from judgement import LAST_TRAINING_MONTH
    from train import features_of
    table = pd.read_csv(path)
    unseen = features_of(table)[table['month'] > LAST_TRAINING_MONTH]
    return unseen.sample(rows, random_state=SEED)


def drawn():
    """Features one by one, so that no flight of the table comes out; half of the numbers lie on the quantiles themselves."""
    known = json.loads((MODELS / 'flight-late/statistics.json').read_text())
    names = [each['name'] for each in json.loads((MODELS / 'flight-late/1/model.json').read_text())['features']]
    draw = np.random.default_rng(SEED)
    columns = {name: column(name, known, draw) for name in names}
    return pd.DataFrame(columns).astype({name: object for name in known['texts']})


def column(name, known, draw):
    if name in known['texts']:
        return draw.choice([text for text, _ in known['texts'][name]] + UNKNOWN, DRAWN)
    shares, values = np.transpose(known['quantiles'][name])
    between = np.round(np.interp(draw.random(DRAWN), shares, values), 2)
    numbers = np.where(draw.random(DRAWN) < 0.5, draw.choice(values, DRAWN), between)
    whole = np.round(numbers) if (values == np.round(values)).all() else numbers
    return np.where(draw.random(DRAWN) < known['missing'].get(name, 0), np.nan, whole)


main()
