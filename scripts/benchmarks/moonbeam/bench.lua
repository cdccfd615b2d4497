-- What the workloads share. They print `name value unit` lines.

-- Nanoseconds.
function now() return os.clock() * 1e9 end

function time(run, ...)
  local start = now()
  run(...)
  return now() - start
end

function report(name, value, unit) print(("%s %.3f %s"):format(name, value, unit)) end

local nanoseconds = { ns = 1, us = 1000, ms = 1000000 }

-- run does something count times and returns how many nanoseconds that took.
function measure(name, count, unit, run, ...)
  collectgarbage()
  report(name, run(...) / count / nanoseconds[unit], unit)
end

function middle(values)
  table.sort(values)
  return values[(#values + 1) // 2]
end

function shuffle(values)
  math.randomseed(1)
  for i = #values, 2, -1 do
    local j = math.random(i)
    values[i], values[j] = values[j], values[i]
  end
  return values
end

-- Bytes of memory that the whole program holds now, and held at most.
local function kilobytes(key)
  for line in io.lines("/proc/self/status") do
    local number = line:match("^" .. key .. ":%s*(%d+) kB")
    if number then return tonumber(number) end
  end
end
function resident() return kilobytes("VmRSS") * 1024 end
function peak() return kilobytes("VmHWM") * 1024 end

-- The GenServer of all workloads: an integer that counts, or a map that is looked into.
Counter = GenServer.module "Counter"
function Counter.init(state) return "ok", state end
function Counter.handle_call.inc(n) return "reply", n + 1, n + 1 end
function Counter.handle_call.get(map, from, key) return "reply", map[key], map end
function Counter.handle_call.time_call(state, from, server)
  return "reply", time(GenServer.call, server, "inc"), state
end
function Counter.handle_cast.inc(n) return "noreply", n + 1 end
