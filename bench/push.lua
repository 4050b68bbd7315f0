-- Pushes into GROUPS_COUNT groups in turn: 348 bytes, or 100 KB if BODY is "big".
local groups = tonumber(os.getenv("GROUPS_COUNT") or "1")
local body = [[
# HELP batch_rows_total Rows read or written.
# TYPE batch_rows_total counter
batch_rows_total{stage="read"} 18423
batch_rows_total{stage="write"} 18401
# TYPE batch_duration_seconds gauge
batch_duration_seconds{stage="read"} 12.25
batch_duration_seconds{stage="write"} 3.5
# TYPE batch_success gauge
batch_success 1
batch_last_run_seconds 1.7e+09
]]
if os.getenv("BODY") == "big" then
  local lines = { "# TYPE batch_item_seconds gauge" }
  for i = 1, 2000 do
    lines[#lines + 1] = string.format('batch_item_seconds{item="item-%08d"} %d.25', i, i)
  end
  body = table.concat(lines, "\n") .. "\n"
end
local headers = { ["Content-Type"] = "text/plain; version=0.0.4" }
local n = 0
local failed = 0

function request()
  n = n + 1
  return wrk.format("PUT", "/metrics/job/bench/instance/" .. (n % groups), headers, body)
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %.1f %.3f %.3f %d %d\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout, summary.requests))
end
