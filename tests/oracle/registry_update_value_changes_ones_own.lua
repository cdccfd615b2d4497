local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "unique", name = "R" }
local function other(fn)
  local main = self()
  local pid = spawn(function()
    send(main, { self(), table.pack(fn()) })
    receive()
  end)
  return pid, table.unpack(receive { { { pid, _ }, function(results) return results end } })
end

local function finish(pid)
  local ref = Process.monitor(pid)
  send(pid, "stop")
  return oracle.down(ref)
end

Registry.register("R", "key", 1)
local pid = other(function() return Registry.register("R", "theirs", 1) end)
local function update(key)
  return { Registry.update_value("R", key, function(n) return n + 1 end) }
end
oracle.show("mine", update("key"))
oracle.show("nobody's", update("none")[2])
oracle.show("theirs", update("theirs")[2])
oracle.show("lookup", Registry.lookup("R", "key"))
finish(pid)
