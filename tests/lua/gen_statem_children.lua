Lamp = GenStateMachine.module "Lamp"
function Lamp.init(name)
  Process.register(self(), name)
  return "ok", "off", name
end
function Lamp.handle_event(type, content)
  if content == "boom" then return "stop", "boom" end
  return "keep_state_and_data", { "reply", type[2], "here" }
end

Logger.configure { level = "none" }
local sup = Supervisor.start_link({ { Lamp, "lamp" } }, { strategy = "one_for_one" })
print(inspect(Lamp.child_spec("x").start))              -- expect: { "Lamp", "start_link", { "x" } }
print(GenStateMachine.call("lamp", "?"))                -- expect: here
local first = Process.whereis("lamp")
GenStateMachine.cast("lamp", "boom")
Process.sleep(10)
print(GenStateMachine.call("lamp", "?"), Process.whereis("lamp") ~= first)   -- expect: here	true
Supervisor.stop(sup)
print(Process.whereis("lamp"))                          -- expect: nil
