-- args: --virtual
-- expect error: request_id=r-17 [info] charged
-- What the documents call nuances: where a habit from elsewhere leads astray.

-- ---- Bodies and tails: building a list in order needs no turning round

local function map_body(list, fn, i)
  i = i or 1
  if i > #list then return {} end
  local rest = map_body(list, fn, i + 1)
  table.insert(rest, 1, fn(list[i]))
  return rest
end
local function map_tail(list, fn, i, done)
  i, done = i or 1, done or {}
  if i > #list then return done end
  done[i] = fn(list[i])
  return map_tail(list, fn, i + 1, done)
end
local function double(n) return 2 * n end
print(inspect(map_body({ 1, 2, 3 }, double)))           -- expect: { 2, 4, 6 }
print(inspect(map_tail({ 1, 2, 3 }, double)))           -- expect: { 2, 4, 6 }
print(inspect(Enum.map({ 1, 2, 3 }, double)))           -- expect: { 2, 4, 6 }
local long = {}
for i = 1, 150000 do long[i] = i end
print(#map_tail(long, double))                          -- expect: 150000

-- ---- Two clocks: durations by the one that only goes forward, timestamps by the one people read

local began = System.monotonic_time("millisecond")
Process.sleep(1500)
print(System.monotonic_time("millisecond") - began)     -- expect: 1500
print(DateTime.utc_now().year >= 2024)                   -- expect: true

-- ---- Pieces are collected in a list and joined once

local chunks = {}
for i = 1, 10000 do chunks = { chunks, "chunk ", 65 + i % 26, "\n" } end
print(IOData.length(chunks), #IOData.to_binary(chunks)) -- expect: 80000	80000
print(IOData.to_binary({ "he", { "l", 108 }, "o" }))    -- expect: hello

-- ---- Money

print(0.1 + 0.2 == 0.3)                                 -- expect: false
print(tostring(Decimal.add(Decimal.new("0.1"), Decimal.new("0.2"))))    -- expect: 0.3
print(Decimal.new("19.99") + Decimal.new("5.01") == Decimal.new("25"))  -- expect: true

-- ---- The process dictionary: for what goes along with a request, not for what is decided by it

Logger.configure{ metadata = { "request_id" } }
Logger.metadata{ request_id = "r-17" }
Logger.info("charged")
print(inspect(Logger.metadata()))                       -- expect: { request_id = "r-17" }

-- A time limit that is set at the boundary and known deep inside, also in the servers that are asked.
Pricing = GenServer.module "Pricing"
function Pricing.init() return "ok", 0 end
function Pricing.handle_call.quote(n)
  if Deadline.expired() then return "reply", { "error", "deadline_exceeded" }, n end
  Process.sleep(400)
  return "reply", { "ok", Deadline.remaining() }, n
end
local pricing = GenServer.start_link(Pricing)
Deadline.set(1000)
print(inspect(GenServer.call(pricing, "quote")))        -- expect: { "ok", 600 }
print(inspect(GenServer.call(pricing, "quote")))        -- expect: { "ok", 200 }
Process.sleep(250)
print(inspect(GenServer.call(pricing, "quote")))        -- expect: { "error", "deadline_exceeded" }
Deadline.cancel()
print(inspect(GenServer.call(pricing, "quote")))        -- expect: { "ok", "infinity" }
