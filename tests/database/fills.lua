-- Stores blobs until there is no room for more; what was confirmed is there, and the rest is not.
local conn, reason = Database.connect{ path = os.getenv "DATABASE" }
if not conn then
  print("connect", reason[2], reason[3])
  return
end
conn:execute("create table if not exists t (id integer primary key, v blob)")
local stored, changes = 0
repeat
  changes, reason = conn:execute("insert into t values (?, zeroblob(5000))", stored + 1)
  stored = stored + (changes or 0)
until not changes
print("stored some", stored > 5)
print("then", reason[2], reason[3])
print("in a transaction", (select(2, conn:transaction(function()
  for i = 1, 20 do assert(conn:execute("insert into t values (?, zeroblob(5000))", stored + i)) end
end)) or { nil, "done" })[2])
print("all is there", conn:query("select count(*) as n from t")[1].n == stored)
