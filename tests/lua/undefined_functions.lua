-- A function that a module lacks is told as Elixir tells it.
-- expect error: ** (UndefinedFunctionError) function Bare.handle_continue/2 is undefined or private
Process.flag("trap_exit", true)

Bare = GenServer.module "Bare"
function Bare.init(arg) return "ok", arg, { "continue", "on" } end
GenServer.start_link(Bare, 1)
Process.sleep(50)

local pid, reason = Supervisor.start_link({ { id = "a", start = { Bare, "begin", { 1, 2 } } } }, { strategy = "one_for_one" })
print(reason[2][3][2][1])   -- expect: function Bare.begin/2 is undefined or private
