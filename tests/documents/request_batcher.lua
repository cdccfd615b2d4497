-- args: --virtual
-- The third exercise: requests are collected and answered together, when there are enough of them or
-- the oldest has waited long enough. Every caller waits in an ordinary call meanwhile.

Batcher = GenServer.module "Batcher"

-- process(list of requests) gives the list of answers.
function Batcher.start_link(process, size, delay)
  return GenServer.start_link(Batcher, { process = process, size = size, delay = delay }, { name = Batcher })
end
function Batcher.request(what) return GenServer.call(Batcher, { "request", what }) end

function Batcher.init(options)
  return "ok", Map.merge(options, { waiting = {}, requests = {} })
end

local function flush(state)
  if state.timer then Process.cancel_timer(state.timer) end
  local answers = state.process(state.requests)
  for i, from in ipairs(state.waiting) do GenServer.reply(from, answers[i]) end
  return Map.merge(Map.delete(state, "timer"), { waiting = {}, requests = {} })
end

function Batcher.handle_call.request(state, from, what)
  table.insert(state.waiting, from)
  table.insert(state.requests, what)
  if #state.requests >= state.size then return "noreply", flush(state) end
  state.timer = state.timer or Process.send_after(self(), "flush", state.delay)
  return "noreply", state
end

-- A timer that fired just before it was cancelled finds nothing left to do.
function Batcher.handle_info.flush(state)
  if #state.requests == 0 then return "noreply", state end
  return "noreply", flush(state)
end

local function price_list(names)
  print(string.format("%4d ms: asked for %s", System.monotonic_time("millisecond"), inspect(names)))
  Process.sleep(50)
  return Enum.map(names, function(name) return name .. " costs " .. #name end)
end
Batcher.start_link(price_list, 3, 200)

local function ask_after(ms, name)
  return Task.async(function()
    Process.sleep(ms)
    return Batcher.request(name)
  end)
end

local tasks = {}
for i, name in ipairs { "tea", "rice", "pepper", "salt", "oil" } do tasks[i] = ask_after(10 * i, name) end
for _, answer in ipairs(Task.await_many(tasks)) do print(answer) end
-- expect:   30 ms: asked for { "tea", "rice", "pepper" }
-- expect:  280 ms: asked for { "salt", "oil" }
-- expect: tea costs 3
-- expect: rice costs 4
-- expect: pepper costs 6
-- expect: salt costs 4
-- expect: oil costs 3
