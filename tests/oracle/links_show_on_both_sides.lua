local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
local child = spawn(function() Process.sleep("infinity") end)

local parent = spawn(function()
  Process.link(child)
  Process.monitor(child)
  send(main, "linked")
  Process.sleep("infinity")
end)

oracle.show_messages("message", 1)
oracle.show("parent", parent)
oracle.show("child", child)
oracle.show("links of the parent", Process.info(parent, "links"))
oracle.show("links of the child", Process.info(child, "links"))
oracle.show("monitored by", Process.info(child, "monitored_by"))
