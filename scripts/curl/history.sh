#!/usr/bin/env bash
# The newest predictions. Usage: history.sh [HOW_MANY]
set -euo pipefail
url=${SCOREKEEPER_URL:-http://127.0.0.1:8000}
curl --silent --show-error --fail-with-body "$url/model/history/?order=desc&limit=${1:-10}"
echo
