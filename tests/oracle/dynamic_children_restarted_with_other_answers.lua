local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
oracle.trap_exit()
Turns = GenServer.module "Turns"
function Turns.start_link(main, answer)
  local function start()
    return spawn_link(function() send(main, "began") Process.sleep("infinity") end)
  end
  if not Process.whereis("again") then
    Process.register(main, "again")
    return start()
  end
  if answer == "ok" then return start() end
  if answer == "info" then return start(), "info" end
  if answer == "ignore" then return nil, "ignore" end
  if answer == "error" then return nil, "found" end
  return answer
end

for _, answer in ipairs { "ok", "info", "ignore", "error", "nonsense" } do
  local sup = DynamicSupervisor.start_link { strategy = "one_for_one", max_restarts = 3 }
  local pid = DynamicSupervisor.start_child(sup, { id = 1, start = { Turns, "start_link", { self(), answer } } })
  Process.exit(pid, "kill")
  if answer == "ok" or answer == "info" then oracle.settle() else Process.sleep(20) end
  local alive = Process.alive(sup)
  oracle.show(answer .. ": supervisor lives", alive)
  if alive then oracle.show(answer, DynamicSupervisor.count_children(sup)) end
  if alive then
    oracle.show("children", Enum.map(DynamicSupervisor.which_children(sup), function(child)
      return { child[1], is_pid(child[2]), child[3], child[4] }
    end))
  end
  Process.exit(sup, "kill")
  oracle.settle()
  Process.unregister("again")
end
