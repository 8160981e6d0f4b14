"""Downloads the daily weather history of airports from Weatherbit into a CSV, in metric units.

    WEATHERBIT_API_KEY=… python3 download_weather.py --start 2013-01-01 --end 2013-12-31 --out weather.csv

Needs Python alone. It can be stopped and started again: days that are in the file are not asked for again.
Weatherbit's daily history is a paid service; its terms decide what may be done with the answer.
"""
import argparse
import csv
import json
import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import urlopen

AIRPORTS = ['EWR=40.6925,-74.1687', 'JFK=40.6398,-73.7789', 'LGA=40.7772,-73.8726']
MEASURES = ['clouds', 'pres', 'wind_spd', 'precip', 'snow']
COLUMNS = ['datetime', 'airport', *MEASURES]
KEY = 'WEATHERBIT_API_KEY'
PASSING = (429, 500, 502, 503, 504)
LONGEST_WAIT_S = 60
TIMEOUT_S = 30


class Stopped(Exception):
    """Why nothing more can be downloaded, in one line."""


def main():
    options = arguments()
    key = os.environ.get(KEY) or stop(f'{KEY} is not set: a key comes with an account at weatherbit.io')
    done = days_in(options.out)
    try:
        for airport, place in options.airports or map(place_of, AIRPORTS):
            wanted = [day for day in days(options.start, options.end) if (day, airport) not in done]
            for span in spans(wanted, options.days):
                append(options.out, download(airport, place, span, key, options))
                print(f'{airport} {span[0]} to {span[-1]}', flush=True)
    except Stopped as reason:
        stop(f'{reason}; what came so far is in {options.out}, and the same command goes on from there')


def arguments():
    parser = argparse.ArgumentParser(description='Downloads the daily weather history of airports from Weatherbit.')
    parser.add_argument('--start', type=date.fromisoformat, required=True, help='first day, as 2013-01-01')
    parser.add_argument('--end', type=date.fromisoformat, required=True, help='last day')
    parser.add_argument('--out', type=Path, required=True, help='the CSV to write, or to go on with')
    parser.add_argument('--airport', dest='airports', type=place_of, action='append', metavar='NAME=LAT,LON',
                        help=f'may be given several times (default: {" ".join(AIRPORTS)})')
    parser.add_argument('--days', type=int, default=15, help='days a request; Weatherbit counts 15 as one (default: 15)')
    parser.add_argument('--tries', type=int, default=6, help='tries of a request that fails in passing (default: 6)')
    parser.add_argument('--wait', type=float, default=1, help='seconds before the second try, doubled each time (default: 1)')
    parser.add_argument('--base-url', default='https://api.weatherbit.io/v2.0', help='where the service is')
    options = parser.parse_args()
    if options.days < 1 or options.tries < 1 or options.end < options.start:
        parser.error('--days and --tries are at least 1, and --end is not before --start')
    return options


def place_of(text):
    name, _, place = text.partition('=')
    latitude, _, longitude = place.partition(',')
    try:
        return name, {'lat': float(latitude), 'lon': float(longitude)}
    except ValueError:
        raise argparse.ArgumentTypeError(f'{text!r} is not NAME=LAT,LON') from None


def days(start, end):
    return [start + timedelta(days=at) for at in range((end - start).days + 1)]


def spans(wanted, longest):
    """The wanted days in groups that follow each other without a gap."""
    groups = []
    for day in wanted:
        follows = groups and len(groups[-1]) < longest and groups[-1][-1] + timedelta(days=1) == day
        groups[-1].append(day) if follows else groups.append([day])
    return groups


def days_in(path):
    if not path.exists():
        return set()
    with path.open(newline='') as file:
        return {(date.fromisoformat(row['datetime']), row['airport']) for row in csv.DictReader(file)}


def append(path, rows):
    is_new = not path.exists()
    with path.open('a', newline='') as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction='ignore', lineterminator='\n')
        if is_new:
            writer.writeheader()
        writer.writerows(rows)


def download(airport, place, span, key, options):
    # The end of a request is the first day that is not wanted.
    asked = {**place, 'start_date': span[0], 'end_date': span[-1] + timedelta(days=1), 'units': 'M', 'key': key}
    answer = ask(f'{options.base_url}/history/daily?{urlencode(asked)}', options)
    return [checked(airport, day, answer) for day in span]


def checked(airport, day, answer):
    """The row of a day; refuses an answer that lacks it, so that no gap looks like a day that is done."""
    found = [row for row in answer.get('data', []) if row.get('datetime') == day.isoformat()]
    if len(found) != 1 or any(not isinstance(found[0].get(name), (int, float)) for name in MEASURES):
        raise Stopped(f'Weatherbit gave no complete weather of {airport} on {day}')
    return {**found[0], 'airport': airport}


def ask(url, options):
    asked_to_wait = 0
    for attempt in range(options.tries):
        if attempt > 0:
            time.sleep(min(max(options.wait * 2 ** (attempt - 1), asked_to_wait), LONGEST_WAIT_S))
        try:
            with urlopen(url, timeout=TIMEOUT_S) as answer:
                return json.load(answer)
        except HTTPError as error:
            if error.code not in PASSING:
                raise Stopped(f'Weatherbit answered {error.code} {error.reason}') from None
            failure, asked_to_wait = f'{error.code} {error.reason}', seconds(error.headers.get('Retry-After'))
        except (URLError, TimeoutError, ConnectionError, json.JSONDecodeError) as error:
            failure, asked_to_wait = str(getattr(error, 'reason', error)), 0
    raise Stopped(f'Weatherbit failed {options.tries} times, at last with: {failure}')


def seconds(text):
    return int(text) if text and text.isdecimal() else 0


def stop(message):
    print(message, file=sys.stderr)
    sys.exit(1)


if __name__ == '__main__':
    main()
