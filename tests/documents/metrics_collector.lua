-- args: --virtual
-- Measurements come as casts, for nobody who measures wants to wait; of each only the newest hundred are
-- kept, or the server would grow without end.

MetricsCollector = GenServer.module "MetricsCollector"

local KEPT = 100

function MetricsCollector.start_link()
  return GenServer.start_link(MetricsCollector, {}, { name = MetricsCollector })
end
function MetricsCollector.record(metric, value)
  return GenServer.cast(MetricsCollector, { "record", metric, value })
end
function MetricsCollector.get_metrics() return GenServer.call(MetricsCollector, "get_metrics") end

function MetricsCollector.init() return "ok", {} end

function MetricsCollector.handle_cast.record(metrics, metric, value)
  return "noreply", Map.update(metrics, metric, { value }, function(existing)
    return Enum.take({ value, table.unpack(existing) }, KEPT)
  end)
end

function MetricsCollector.handle_call.get_metrics(metrics) return "reply", metrics, metrics end

MetricsCollector.start_link()
print(MetricsCollector.record("latency", 12))   -- expect: true
MetricsCollector.record("latency", 15)
MetricsCollector.record("errors", 1)

-- A call comes behind the casts that the same process sent before it.
print(inspect(MetricsCollector.get_metrics()))  -- expect: { errors = { 1 }, latency = { 15, 12 } }

for i = 1, 1000 do MetricsCollector.record("latency", i) end
local latency = MetricsCollector.get_metrics().latency
print(#latency, latency[1], latency[100])       -- expect: 100	1000	901
print(Enum.sum(latency) / #latency)             -- expect: 950.5

-- Who measures while nobody collects goes on all the same.
GenServer.stop(MetricsCollector)
print(MetricsCollector.record("latency", 1))    -- expect: true
