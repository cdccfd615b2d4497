-- A connection serves processes of other nodes, too, and undoes the transaction of one whose node goes.
Node.start("b")
local path = os.tmpname()
local conn = Database.connect{ path = path }
conn:execute("create table t (a)")
local shell = self()

local function on_b(fn)
  Node.spawn("b", function() send(shell, { "result", inspect({ fn() }, { width = 0 }) }) end)
  return receive { { { "result", _ }, function(text) return text end } }
end

print(on_b(function() return conn:execute("insert into t values (1)") end))    -- expect: { 1 }
print(on_b(function()                                                          -- expect: { "kept" }
  return conn:transaction(function() conn:execute("insert into t values (2)") return "kept" end)
end))

Node.spawn("b", function()
  conn:transaction(function()
    conn:execute("insert into t values (3)")
    send(shell, "inside")
    Process.sleep("infinity")
  end)
end)
receive { { "inside", function() end } }
Node.stop("b")
print(conn:query("select count(*) as n from t")[1].n)                          -- expect: 2

-- One that was made there ends with it.
Node.start("b")
Node.spawn("b", function()
  send(shell, { "connection", Database.connect{ path = ":memory:" } })
  Process.sleep("infinity")
end)
local other = receive { { { "connection", _ }, function(other) return other end } }
print(other:query("select 2 as n")[1].n)                                       -- expect: 2
net.split{ { "main" }, { "b" } }
print(inspect({ other:query("select 1") }, { width = 0 }))
-- expect: { nil, { "sqlite", "closed", "the connection has ended: \"noconnection\"" } }
conn:close()
os.remove(path)
