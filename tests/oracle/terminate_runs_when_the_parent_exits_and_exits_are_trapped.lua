local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

for i, reason in ipairs { "normal", "shutdown", "boom" } do
  local parent = spawn(function()
    Worker.start_link { id = "server", main = main, trap = true }
    receive { { "end", function() exit(reason) end } }
  end)

  oracle.show_messages("message", 1)
  local ref = Process.monitor("server")
  send(parent, "end")
  oracle.show_messages("message", 1)
  oracle.show_reason("ended", oracle.down(ref))
end
