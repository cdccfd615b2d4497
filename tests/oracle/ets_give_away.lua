local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local main = self()
local other = spawn(function()
  receive { { { "ETS-TRANSFER", _, _, _ }, function(table, from, data)
    ETS.insert(table, { 2, 2 })
    send(main, { table, from, data, Enum.sort(ETS.tab2list(table)) })
    Process.sleep("infinity")
  end } }
end)
ETS.new("gift", { "named_table" })
ETS.insert("gift", { 1, 1 })
oracle.show("give", ETS.give_away("gift", other, "yours"))
oracle.show_messages("message", 1)
oracle.show("owner", ETS.info("gift", "owner") == other)
oracle.show("write", complaint(function() ETS.insert("gift", { 3, 3 }) end))
