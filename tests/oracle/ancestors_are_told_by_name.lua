local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

Kin = GenServer.module "Kin"
function Kin.start_link(name, following, to)
  return GenServer.start_link(Kin, { following, to }, { name = name })
end

function Kin.init(arg)
  local following, to = arg[1], arg[2]
  send(to, { "ancestors", Enum.map(Process.get("$ancestors"), function(one) return is_pid(one) and "pid" or one end) })
  if following then Kin.start_link(following, nil, to) end
  spawn_link(function() send(to, { "plain", Process.get("$ancestors") }) end)
  return "ok", nil
end

local child = { id = 1, start = { Kin, "start_link", { "elder", "younger", main } } }
local sup = Supervisor.start_link({ child }, { strategy = "one_for_one", name = "sup" })
oracle.settle()
local plain = 0
for i = 1, 4 do
  receive {
    { { "ancestors", any }, function(list) oracle.show("kin", { "ancestors", list }) end },
    { { "plain", any }, function(list) plain = plain + (list == nil and 1 or 0) end },
  }
end
for i = 1, plain do oracle.show("plain", true) end
oracle.show("alive", Process.alive(sup))
