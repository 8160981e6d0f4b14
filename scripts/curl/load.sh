#!/usr/bin/env bash
# Loads a model file as the next version, live at once. Usage: load.sh MODEL_FILE
set -euo pipefail
url=${SCOREKEEPER_URL:-http://127.0.0.1:8000}
curl --silent --show-error --fail-with-body -X POST "$url/model/load/" -F "file=@${1:?usage: load.sh MODEL_FILE}"
echo
