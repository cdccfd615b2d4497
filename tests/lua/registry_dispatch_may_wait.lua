-- Functions that Registry.dispatch and Registry.update_value call may wait as any other.
Registry.start_link { keys = "unique", name = "R" }
Registry.register("R", "key", 1)

print(Registry.dispatch("R", "key", function(entries)
  Process.sleep(10)
  print(#entries, entries[1][1] == self(), entries[1][2])  -- expect: 1	true	1
end))
-- expect: true

print(Registry.update_value("R", "key", function(n)
  Process.sleep(10)
  return { n, "new" }
end)[2])
-- expect: new
print(inspect(Registry.values("R", "key", self())))        -- expect: { { 1, "new" } }

-- What comes out are copies.
Registry.values("R", "key", self())[1][2] = "spoilt"
print(Registry.values("R", "key", self())[1][2])           -- expect: new

local Report = GenServer.module "Report"
function Report.count(entries, text, more) print(#entries, text, more) end
Registry.dispatch("R", "key", { Report, "count", { "of", 1 } })
-- expect: 1	of	1
