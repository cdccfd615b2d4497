local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", { "public" })
for i = 1, 20 do ETS.insert(t, { i }) end
ETS.safe_fixtable(t, true)
local seen, key = {}, ETS.first(t)
while key ~= "$end_of_table" do
  ETS.delete(t, key)
  seen[#seen + 1] = key
  key = ETS.next(t, key)
end
table.sort(seen)
oracle.show("seen", seen)
oracle.show("size", ETS.info(t, "size"))
oracle.show("member", ETS.member(t, 5))
ETS.insert(t, { 5, "again" })
oracle.show("again", ETS.tab2list(t))
oracle.show("fixed", ETS.info(t, "fixed"))
local fixers = ETS.info(t, "safe_fixed_monotonic_time")[2]
oracle.show("by", #fixers == 1 and fixers[1][1] == self() and fixers[1][2] == 1)
oracle.show("release", ETS.safe_fixtable(t, false))
oracle.show("once too often", ETS.safe_fixtable(t, false))
oracle.show("fixed", ETS.info(t, "fixed"))
oracle.show("time", ETS.info(t, "safe_fixed_monotonic_time"))
oracle.show("next", complaint(function() ETS.next(t, 4) end))
oracle.show("boolean", complaint(function() ETS.safe_fixtable(t, 1) end))
