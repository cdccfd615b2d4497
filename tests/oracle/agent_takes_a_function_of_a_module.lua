local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Sums = GenServer.module "Sums"
function Sums.new(n) return n end
function Sums.add(n, k) return n + k end
function Sums.take(n, k) return n, n - k end
local pid = Agent.start_link(Sums, "new", { 5 })
oracle.show("get", Agent.get(pid, Sums, "add", { 1 }))
oracle.show_result("update", Agent.update(pid, Sums, "add", { 10 }))
oracle.show("get_and_update", Agent.get_and_update(pid, Sums, "take", { 4 }))
oracle.show_result("cast", Agent.cast(pid, Sums, "add", { 100 }))
oracle.show("get", Agent.get(pid, Sums, "add", { 0 }, 1000))
