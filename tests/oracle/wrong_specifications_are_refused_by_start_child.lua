local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local sup = Supervisor.start_link({}, { strategy = "one_for_one" })
local wrong = {
  { id = "a", restart = "always" },
  { id = "a", shutdown = -1 },
  { id = "a", shutdown = "soon" },
  { id = "a", type = "manager" },
  { id = "a", modules = "none" },
  { id = "a", significant = 1 },
}
for _, spec in ipairs(wrong) do
  spec.start = { Worker, "start_link", { { id = "a", main = self() } } }
  oracle.show_result("start_child", Supervisor.start_child(sup, spec))
end
oracle.show("children", Supervisor.which_children(sup))
