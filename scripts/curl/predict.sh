#!/usr/bin/env bash
# The departure delay of one flight, in minutes. Usage: predict.sh [JSON object of features]
set -euo pipefail
url=${SCOREKEEPER_URL:-http://127.0.0.1:8000}
flight='{"sched_dep_time":1059,"sched_arr_time":1209,"distance":284,"clouds":93,"pres":1011,"wind_spd":5.8,"precip":0.0,"snow":0.0}'
curl --silent --show-error --fail-with-body -X POST "$url/model/predict/" -H 'Content-Type: application/json' -d "${1:-$flight}"
echo
