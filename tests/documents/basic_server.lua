-- args: --virtual
-- A server and its client functions: how it starts, answers, times out, cleans up.

MyServer = GenServer.module "MyServer"

-- What others call.
function MyServer.start_link(state) return GenServer.start_link(MyServer, state, { name = MyServer }) end
function MyServer.get_state() return GenServer.call(MyServer, "get_state") end

-- What runs inside the server.
function MyServer.init(state) return "ok", state end
function MyServer.handle_call.get_state(state) return "reply", state, state end
function MyServer.terminate(reason, state) print("cleaning up", inspect(reason), inspect(state)) end

MyServer.start_link({ users = 3 })
print(inspect(MyServer.get_state()))                    -- expect: { users = 3 }
print(GenServer.stop(MyServer))                         -- expect: cleaning up	"normal"	{ users = 3 }
                                                        -- expect: true

-- init may refuse, which is what the starter gets to know; or ask to be left out.
Refusing = GenServer.module "Refusing"
function Refusing.init(why)
  if why == "ignore" then return "ignore" end
  return "stop", why
end
print(GenServer.start(Refusing, "initialization_failed"))   -- expect: nil	initialization_failed
print(GenServer.start(Refusing, "ignore"))                  -- expect: nil	ignore

-- A timeout in what a callback returns: silence for that long becomes a message.
Idle = GenServer.module "Idle"
function Idle.init(main) return "ok", main, 5000 end
function Idle.handle_info.timeout(main)
  send(main, { "idle since", 5000 })
  return "noreply", main
end
local began = System.monotonic_time("millisecond")
GenServer.start_link(Idle, self())
print(inspect(receive()), System.monotonic_time("millisecond") - began)
                                                        -- expect: { "idle since", 5000 }	5000

-- The five answers of handle_call.
Answers = GenServer.module "Answers"
function Answers.init() return "ok", 0 end
function Answers.handle_call.reply(n) return "reply", "at once", n + 1 end
function Answers.handle_call.reply_with_timeout(n) return "reply", "and a timeout", n + 1, 1000 end
function Answers.handle_call.later(n, from)
  Process.send_after(self(), { "answer", from }, 250)
  return "noreply", n + 1
end
function Answers.handle_info.answer(n, from)
  GenServer.reply(from, "a quarter of a second later")
  return "noreply", n
end
function Answers.handle_info.timeout(n) return "noreply", n end
function Answers.handle_call.stop_with_reply(n) return "stop", "normal", "my last word", n end
function Answers.handle_call.stop_without(n) return "stop", "normal", n end

local server = GenServer.start(Answers)
print(GenServer.call(server, "reply"))                  -- expect: at once
print(GenServer.call(server, "reply_with_timeout"))     -- expect: and a timeout
print(GenServer.call(server, "later"))                  -- expect: a quarter of a second later
print(GenServer.call(server, "stop_with_reply"))        -- expect: my last word
print(Process.alive(server))                            -- expect: false

server = GenServer.start(Answers)
print(pcall(GenServer.call, server, "stop_without"))
-- expect: false	** (exit) exited in: GenServer.call(#PID<0.106.0>, "stop_without", 5000)
-- expect:     ** (EXIT) normal

-- A request with a time limit of its own.
Slow = GenServer.module "Slow"
function Slow.init() return "ok", "data" end
function Slow.handle_call.get_data(state)
  Process.sleep(800)
  return "reply", state, state
end
function get_data(pid, timeout) return GenServer.call(pid, "get_data", timeout or 5000) end

local slow = GenServer.start_link(Slow)
print(get_data(slow))                                   -- expect: data
print(select(2, pcall(get_data, slow, 100)).reason[1])  -- expect: timeout
