Counter = GenServer.module "Counter"

function Counter.init(n) return "ok", n end

function Counter.handle_call(request, from, n)
  if request == "next" then return "reply", n, n + 1 end
  return "reply", { "unknown", request }, n
end

function Counter.handle_cast(request, n) return "noreply", request[2] end

function Counter.handle_info(message, n)
  send(message[2], { "state", n })
  return "noreply", n
end

local pid = GenServer.start_link(Counter, 1)
print(is_pid(pid))                                      -- expect: true
print(GenServer.call(pid, "next"))                      -- expect: 1
print(GenServer.call(pid, "next"))                      -- expect: 2
print(inspect(GenServer.call(pid, { "a", { b = 1 } }))) -- expect: { "unknown", { "a", { b = 1 } } }
print(GenServer.cast(pid, { "set", 10 }))               -- expect: true
print(GenServer.call(pid, "next"))                      -- expect: 10
send(pid, { "state_of", self() })
print(inspect(receive()))                               -- expect: { "state", 11 }
