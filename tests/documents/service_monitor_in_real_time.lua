-- The service monitor on the real clock, with less time between the checks.

local folder = arg[0]:match("^.*/") or ""
assert(loadfile(folder .. "service_monitor.lua"))(50)
-- expect: healthy	true
-- expect: degraded	false
-- expect: critical	false
-- expect: healthy	true
-- expect: degraded	false
-- expect: critical	false
-- expect error: [info] api is healthy
-- expect error: [warning] api check failed (3/3): { "bad_status", 503 }
-- expect error: [error] api is CRITICAL
-- expect error: [warning] api check failed (3/3): "econnrefused"
-- expect: ok
-- expect: {}
