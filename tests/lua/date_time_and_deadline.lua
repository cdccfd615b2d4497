-- args: --virtual --seed 1
-- Dates by the virtual clock, and deadlines.
local function complaint(...) return (select(2, pcall(...)):gsub("^[^\n]-:%d+: ", "")) end
local now = DateTime.utc_now()
print(DateTime.to_unix(now) == System.system_time("second")) -- expect: true
print(tostring(now) == os.date("!%Y-%m-%d %H:%M:%S", DateTime.to_unix(now)) .. ".000000Z") -- expect: true
print(now.time_zone, DateTime.to_iso8601(now) == tostring(now):gsub(" ", "T")) -- expect: Etc/UTC	true
print(complaint(DateTime.to_unix, 5)) -- expect: bad argument #1 to 'DateTime.to_unix' (datetime: a DateTime expected, got 5)

print(Deadline.remaining(), Deadline.expired(), Deadline.check()) -- expect: infinity	false	true
Deadline.set(100)
Deadline.set(500)
Process.sleep(40)
print(Deadline.remaining()) -- expect: 60
Process.sleep(60)
print(Deadline.remaining(), Deadline.expired(), pcall(Deadline.check)) -- expect: 0	true	false	** (exit) "deadline_exceeded"
Deadline.cancel()
print(Deadline.remaining()) -- expect: infinity
print(complaint(Deadline.set, "soon")) -- expect: bad argument #1 to 'Deadline.set' (ms: milliseconds expected, got "soon")
