-- args: --virtual
-- One process for each user's session, started when it is first needed, found by the user's id.

SessionWorker = GenServer.module "SessionWorker"

local function via(user_id) return { "via", Registry, { "SessionRegistry", user_id } } end

function SessionWorker.start_link(user_id)
  return GenServer.start_link(SessionWorker, user_id, { name = via(user_id) })
end
function SessionWorker.init(user_id) return "ok", { user = user_id, seen = 0 } end
function SessionWorker.handle_call.get_state(state) return "reply", state, state end
function SessionWorker.handle_call.touch(state)
  state.seen = state.seen + 1
  return "reply", state.seen, state
end

Supervisor.start_link({
  { Registry, { keys = "unique", name = "SessionRegistry" } },
  { DynamicSupervisor, { name = "SessionSupervisor", strategy = "one_for_one" } },
}, { strategy = "one_for_all" })

-- The session of a user, started on demand. Two may ask at the same time: one of them starts it.
function session(user_id)
  local found = Registry.lookup("SessionRegistry", user_id)[1]
  if found then return found[1] end
  local pid, reason = DynamicSupervisor.start_child("SessionSupervisor", { SessionWorker, user_id })
  return pid or reason[2]
end

local ada = session("ada")
print(session("ada") == ada, session("bob") == ada)             -- expect: true	false
print(GenServer.call(via("ada"), "touch"))                      -- expect: 1
print(GenServer.call(via("ada"), "touch"))                      -- expect: 2
print(inspect(GenServer.call(via("ada"), "get_state")))         -- expect: { seen = 2, user = "ada" }
print(Registry.count("SessionRegistry"))                        -- expect: 2

print(inspect({ DynamicSupervisor.start_child("SessionSupervisor", { SessionWorker, "ada" }) })
  == inspect({ nil, { "already_started", ada } }))              -- expect: true

-- A hundred at once for the same user: one session.
local asked = {}
for i = 1, 100 do asked[i] = Task.async(function() return session("cid") end) end
local sessions = {}
for i = 1, 100 do sessions[Task.await(asked[i])] = true end
local distinct = 0
for _ in pairs(sessions) do distinct = distinct + 1 end
print(distinct)                                                 -- expect: 1

-- A session that crashes is started again under the same name, and has forgotten.
Process.exit(ada, "kill")
Process.sleep(1)
print(session("ada") ~= ada, GenServer.call(via("ada"), "touch"))   -- expect: true	1

-- A session that is ended stays away, and its name is free.
DynamicSupervisor.terminate_child("SessionSupervisor", session("bob"))
print(inspect(Registry.lookup("SessionRegistry", "bob")))       -- expect: {}
print(pcall(GenServer.call, via("bob"), "touch"))
-- expect: false	** (exit) exited in: GenServer.call({ "via", "Registry", { "SessionRegistry", "bob" } }, "touch", 5000)
-- expect:     ** (EXIT) no process: the process is not alive or there's no process currently associated with the given name, possibly because its application isn't started
