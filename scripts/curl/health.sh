#!/usr/bin/env bash
# Is the service there, and can it predict?
set -euo pipefail
url=${SCOREKEEPER_URL:-http://127.0.0.1:8000}
curl --silent --show-error --fail-with-body "$url/health/"
echo
curl --silent --show-error --fail-with-body "$url/health/ready"
echo
