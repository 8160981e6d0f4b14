"""What callers need to know of each feature: the model.json beside a model, and the statistics that traffic is drawn from."""
import numpy as np

from one_hour_before import TEXTS

SHARES = [0, .001, .01, .05, .1, .2, .25, .3, .4, .5, .6, .7, .75, .8, .9, .95, .99, .999, 1]
WHOLE = ['sched_dep_time', 'sched_arr_time', 'origin_departures', 'origin_waiting', 'carrier_departures', 'carrier_waiting']
NULLABLE_BECAUSE = {
    'sched_arr_time': 'it is not known', 'origin_delay': 'none left', 'origin_late_share': 'none left',
    'origin_waiting_minutes': 'none waits', 'carrier_delay': 'none left', 'dest_delay': 'none left',
    'aircraft_delay': 'there was none', 'aircraft_hours': 'there was none',
    **{f'report_{name}': 'there is no report' for name in ('wind_spd', 'precip', 'visib', 'humid')}}

# name: unit, description, example
FEATURES = {
    'sched_dep_time': ('HHMM, local at the origin', 'Scheduled departure time: 1059 is 10:59', 1059),
    'sched_arr_time': ('HHMM, local at the destination', 'Scheduled arrival time: 1209 is 12:09', 1209),
    'distance': ('miles', 'Distance between the two airports', 284),
    'carrier': (None, 'Airline, by its IATA code: UA, B6, EV, DL, AA, MQ, US, 9E, WN, VX, FL, AS, F9, YV, HA, OO; '
                'another one is taken as unknown', 'EV'),
    'origin': (None, 'Airport of departure, by its IATA code: EWR, JFK or LGA', 'EWR'),
    'dest': (None, 'Airport of arrival, by its IATA code; one that training did not see is taken as unknown', 'PWM'),
    'origin_departures': ('flights', 'Flights that left the origin in the three hours before', 51),
    'origin_delay': ('minutes', 'Mean departure delay of the flights that left the origin in the three hours before', 2.8),
    'origin_late_share': ('share', 'Share of those flights that left more than 15 minutes late', 0.11),
    'origin_waiting': ('flights', 'Flights at the origin that should have left by then and had not', 2),
    'origin_waiting_minutes': ('minutes', 'How long those flights had waited, on average', 30),
    'carrier_departures': ('flights', "The airline's flights that left the origin in the three hours before", 8),
    'carrier_delay': ('minutes', 'Mean departure delay of those flights', 1.2),
    'carrier_waiting': ('flights', "The airline's flights at the origin that should have left by then and had not", 0),
    'dest_delay': ('minutes', 'Mean departure delay of the flights that left New York for the destination in the three hours before', 0),
    'aircraft_delay': ('minutes', "Departure delay of the aircraft's last flight from New York, of the day before at the earliest", -2),
    'aircraft_hours': ('hours', 'From the departure of that flight to the scheduled departure of this one', 10.8),
    'report_wind_spd': ('m/s', 'Wind speed in the report of the last full hour at the origin', 4.6),
    'report_precip': ('mm', 'Rain of that hour', 0),
    'report_visib': ('miles', 'Visibility in that report; 10 is the most that is reported', 10),
    'report_humid': ('%', 'Relative humidity in that report', 58),
}

DELAY = {
    'task': 'regression',
    'description': 'Departure delay of a flight that leaves New York (EWR, JFK or LGA), from what is known one hour before '
                   'its scheduled departure. Three features are those of version 1, by the same names; a caller of both '
                   'sends the features of both, and each version takes its own.',
    'output': {'name': 'dep_delay', 'unit': 'minutes', 'description': 'Expected departure delay; negative is early.'},
}
LATENESS = {
    'task': 'binary',
    'description': 'Whether a flight leaves New York (EWR, JFK or LGA) more than 15 minutes late, from what is known one '
                   'hour before its scheduled departure: the features of version 2 of flight-delay.',
    'output': {'name': 'late', 'unit': 'probability', 'description': 'Probability that it leaves more than 15 minutes late.'},
}


def signature(about, x):
    return {**about, 'features': [feature(name, x[name]) for name in x.columns]}


def feature(name, values):
    unit, description, example = FEATURES[name]
    because = NULLABLE_BECAUSE.get(name)
    return {
        'name': name, 'type': type_of(name), **({'unit': unit} if unit else {}),
        'description': description + (f'; null where {because}' if because else ''),
        **({} if name in TEXTS else {'range': {'min': plain(values.min()), 'max': plain(values.max())}}),
        'example': example, **({'nullable': True} if because else {})}


def type_of(name):
    if name in TEXTS:
        return 'string'
    return 'integer' if name in WHOLE else 'double'


def statistics(x):
    """Quantiles of numbers, shares of texts, shares of missing values; no row can be had back from them."""
    numbers = [name for name in x.columns if name not in TEXTS]
    missing = x.isna().mean()
    return {
        'quantiles': {name: quantiles(x[name]) for name in numbers},
        'texts': {name: [[text, round(float(share), 6)] for text, share in shares_of(x[name])] for name in TEXTS if name in x},
        'missing': {name: round(float(share), 6) for name, share in missing.items() if share > 0},
    }


def quantiles(values):
    return [[float(share), float(value)] for share, value in zip(SHARES, np.nanquantile(values.to_numpy(float), SHARES, method='nearest'))]


def shares_of(texts):
    shares = texts.value_counts(normalize=True)
    return sorted(shares.items(), key=lambda each: (-each[1], each[0]))


def plain(number):
    return int(number) if number == int(number) else float(number)
