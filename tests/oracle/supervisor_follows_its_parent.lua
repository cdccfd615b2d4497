local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local children = { oracle.worker("a", {}, { trap = true }), oracle.worker("b") }

for i, reason in ipairs { "normal", "boom" } do
  local parent = spawn(function()
    Supervisor.start_link(children, { strategy = "one_for_one", name = "sup" })
    receive { { "end", function() exit(reason) end } }
  end)

  oracle.show_messages("start", 2)
  oracle.settle()
  local ref = Process.monitor("sup")
  send(parent, "end")
  oracle.show_messages("message", 1)
  oracle.show_reason("ended", oracle.down(ref))
end
