-- wrk's side of load.mjs: bodies from a file, one a line, each in turn; the outcome as one line of JSON.
local requests, at = {}, 0

function init(args)
  local headers = { ['Content-Type'] = 'application/json' }
  for body in io.lines(args[1]) do
    table.insert(requests, wrk.format('POST', nil, headers, body))
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format('{"requests":%d,"failed":%d,"seconds":%.6f,"p50Ms":%.3f,"p99Ms":%.3f}',
    summary.requests, failed, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
