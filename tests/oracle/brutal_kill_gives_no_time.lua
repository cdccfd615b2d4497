local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local children = {
  oracle.worker("brutal", { shutdown = "brutal_kill" }, { trap = true }),
  oracle.worker("gentle", { shutdown = 1000 }, { trap = true }),
  oracle.worker("plain"),
}

local sup = Supervisor.start_link(children, { strategy = "one_for_one" })
oracle.show_messages("start", 3)

for i, id in ipairs { "brutal", "gentle", "plain" } do
  local ref = Process.monitor(id)
  oracle.show_result("terminate_child", Supervisor.terminate_child(sup, id))
  oracle.show_reason("ended", oracle.down(ref))
  oracle.show_mailbox("message")
end
