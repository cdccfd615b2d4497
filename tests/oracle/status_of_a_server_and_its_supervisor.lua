local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Tree = Supervisor.module "Tree"
function Tree.start_link(arg) return Supervisor.start_link(Tree, arg, { name = "tree" }) end
function Tree.init() return Supervisor.init({}, { strategy = "one_for_one" }) end

Plain = GenServer.module "Plain"
function Plain.init(n) return "ok", n end

local function status(server)
  local _, pid, module, rest = table.unpack(sys.get_status(server))
  oracle.show("status", { pid == GenServer.whereis(server), module[2], rest[2], rest[3] == self(), rest[4] })
  return rest[5]
end

local function data_of(misc)
  return Enum.map(misc[2][2], function(pair) return { pair[1], pair[2] == self() or pair[2] } end)
end

local plain = GenServer.start_link(Plain, 3, { name = "plain" })
local misc = status(plain)
oracle.show("header", misc[1][2])
oracle.show("data", data_of(misc))
oracle.show("state", misc[3][2][1][2])
sys.suspend(plain)
oracle.show("data", data_of(status(plain)))
Tree.start_link(nil)
misc = status("tree")
oracle.show("keys", Enum.map(misc, function(part) return part[1] end))
oracle.show("callback", misc[4] and misc[4][2])
