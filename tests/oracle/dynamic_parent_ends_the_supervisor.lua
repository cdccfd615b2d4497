local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local parent = spawn(function()
  local sup = DynamicSupervisor.start_link { strategy = "one_for_one" }
  DynamicSupervisor.start_child(sup, oracle.worker("a", {}, { trap = true, main = main }))
  send(main, { "sup", sup })
  receive { { "go", function() end } }
end)

oracle.show_messages("message", 1)
local sup = receive { { { "sup", any }, function(sup) return sup end } }
local ref = Process.monitor(sup)
send(parent, "go")
oracle.show_reason("down", oracle.down(ref))
oracle.show_messages("message", 1)
