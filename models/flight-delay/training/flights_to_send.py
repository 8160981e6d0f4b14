"""Writes real flights that no shipped version 2 has seen, with the features of both versions, for scripts/traffic.mjs --csv.

    python flights_to_send.py --table flights_weather.csv.gz --out flights.csv [--rows 5000]
"""
import argparse
from pathlib import Path

import pandas as pd

from judgement import LAST_TRAINING_MONTH
from recipes import SEED, VERSION_1
from train import features_of


def main():
    parser = argparse.ArgumentParser(description='Writes flights of October to December with the features of both versions.')
    parser.add_argument('--table', type=Path, required=True, help='what build_table.py writes')
    parser.add_argument('--out', type=Path, required=True, help='the CSV to write')
    parser.add_argument('--rows', type=int, default=5000)
    options = parser.parse_args()
    table = pd.read_csv(options.table)
    x = features_of(table)
    flights = pd.concat([table[VERSION_1], x.drop(columns=VERSION_1, errors='ignore')], axis=1)
    is_new = (table['month'] > LAST_TRAINING_MONTH) & flights[VERSION_1].notna().all(axis=1)
    flights[is_new].sample(options.rows, random_state=SEED).sort_index().to_csv(options.out, index=False)
    print(f'{options.rows} flights in {options.out}')


main()
