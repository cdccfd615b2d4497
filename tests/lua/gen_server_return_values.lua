Logger.configure { level = "none" }

Form = GenServer.module "Form"
function Form.init(arg) return table.unpack(arg, 1, arg.n) end
function Form.handle_call.answer(state, from, ...) return ... end
function Form.handle_cast.answer(state, ...) return ... end
function Form.handle_info.timeout(state) send(state, "timed out") return "noreply", state end
function Form.handle_continue.go(state, pid) send(pid, "went on") return "noreply", state end

local function start(...) return GenServer.start(Form, { n = select("#", ...), ... }) end

-- init
print(is_pid(start("ok", 1)))                      -- expect: true
print(is_pid(start("ok", nil)))                    -- expect: true
print(start("ignore"))                             -- expect: nil	ignore
print(start("stop", "why"))                        -- expect: nil	why
print(is_pid(start("ok", self(), 0)))              -- expect: true
print(receive())                                   -- expect: timed out
print(is_pid(start("ok", 1, "hibernate")))         -- expect: true
print(is_pid(start("ok", 1, "infinity")))          -- expect: true
print(is_pid(start("ok", 1, { "continue", { "go", self() } }))) -- expect: true
print(receive())                                   -- expect: went on
print(inspect({ start("ok") }))                    -- expect: { nil, { "bad_return_value", "ok" } }
print(inspect({ start("ok", 1, -5) }))             -- expect: { nil, { "bad_return_value", { "ok", 1, -5 } } }
print(inspect({ start("ok", 1, "soon") }))         -- expect: { nil, { "bad_return_value", { "ok", 1, "soon" } } }
print(inspect({ start("ok", 1, 2, 3) }))           -- expect: { nil, { "bad_return_value", { "ok", 1, 2, 3 } } }
print(inspect({ start() }))                        -- expect: { nil, { "bad_return_value" } }

-- handle_call
local function call(...)
  local pid = start("ok", 1)
  local ref = Process.monitor(pid)
  local ok, value = pcall(GenServer.call, pid, { "answer", ... }, 50)
  if ok then
    print("reply", inspect(value), Process.alive(pid) and inspect(sys.get_state(pid)) or "ended")
  else
    print("exit", inspect(value.reason[1]))
  end
  Process.demonitor(ref, { "flush" })
end
call("reply", "r", 2)                              -- expect: reply	"r"	2
call("reply", nil, 2)                              -- expect: reply	nil	2
call("reply", "r", 2, "hibernate")                 -- expect: reply	"r"	2
call("noreply", 3)                                 -- expect: exit	"timeout"
call("stop", "normal", "r", 2)                     -- expect: reply	"r"	ended
call("stop", "because", 2)                         -- expect: exit	"because"
call("reply", "r")                                 -- expect: exit	{ "bad_return_value", { "reply", "r" } }
call("reply")                                      -- expect: exit	{ "bad_return_value", "reply" }
call("stop", "because")                            -- expect: exit	{ "bad_return_value", { "stop", "because" } }
call(42)                                           -- expect: exit	{ "bad_return_value", 42 }

-- handle_cast: it has nobody to reply to
local function cast(...)
  local pid = start("ok", 1)
  local ref = Process.monitor(pid)
  GenServer.cast(pid, { "answer", ... })
  print(receive {
    { { "DOWN", ref, "process", pid, _ }, inspect },
    after = { 20, function() return "alive " .. inspect(sys.get_state(pid)) end },
  })
end
cast("noreply", "next")                            -- expect: alive "next"
cast("stop", { "shutdown", 1 }, 2)                 -- expect: { "shutdown", 1 }
cast("reply", 1, 2)                                -- expect: { "bad_return_value", { "reply", 1, 2 } }
cast("stop", "a", "b", "c")                        -- expect: { "bad_return_value", { "stop", "a", "b", "c" } }
