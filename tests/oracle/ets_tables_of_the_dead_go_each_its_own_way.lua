local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
local second = spawn(function()
  local message = receive()
  send(main, { "second", { message[1], message[3], message[4] } })
  Process.sleep("infinity")
end)
local dead = spawn(function() end)

local owner = spawn(function()
  local heirs = { a = main, b = second, c = dead, e = self() }
  for index, name in ipairs { "a", "b", "c", "d", "e" } do
    local options = { "named_table", "public" }
    if heirs[name] then options.heir = { heirs[name], { "of", name } } end
    ETS.new(name, options)
    ETS.insert(name, { 1, name })
  end
  send(main, "ready")
  receive { { "end", function() end } }
end)

oracle.show_messages("message", 1)
ETS.safe_fixtable("d", true)
local ref = Process.monitor(owner)
send(owner, "end")
oracle.show("down", oracle.down(ref))
oracle.settle()
oracle.show_mailbox("message")
for index, name in ipairs { "a", "b", "c", "d", "e" } do
  local holder = ETS.info(name, "owner")
  oracle.show(name, holder == main or holder == second)
end
oracle.show("a", ETS.tab2list("a"))
ETS.new("d", { "named_table" })
oracle.show("a name again", ETS.info("d", "size"))
oracle.show("heir of a", ETS.info("a", "heir"))
