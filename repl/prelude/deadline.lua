-- Deadline: a time by which the work of this process is to be done. It lies in the process
-- dictionary under "$deadline", as milliseconds of System.monotonic_time: from there calls
-- (runtime/deadline.c) and tasks carry it along.
local help, check = ...

Deadline = {}

help("Deadline", [[
Deadline

A time by which the calling process wants to be done with what it does. GenServer.call and Task carry
it along: the server's handle_call, and the task, are under it too.

    Deadline.set(5000)
    Deadline.remaining()   -- 5000
    Deadline.cancel()]])

help("Deadline.set", [[
set(ms)

The deadline is ms milliseconds from now. One that is earlier already stays.

    Deadline.set(1000)]])
function Deadline.set(ms)
  check("Deadline.set", 1, "ms", ms, "milliseconds", math.type(ms) and ms >= 0)
  local time = System.monotonic_time("millisecond") + ms
  local earlier = Process.get("$deadline")
  if not earlier or time < earlier then Process.put("$deadline", time) end
  return true
end

help("Deadline.remaining", [[
remaining()

The milliseconds left, 0 when it is over; "infinity" without a deadline. It serves as a timeout.

    Deadline.remaining()   -- "infinity"]])
function Deadline.remaining()
  local time = Process.get("$deadline")
  return time and math.max(time - System.monotonic_time("millisecond"), 0) or "infinity"
end

help("Deadline.expired", [[
expired()

Whether the deadline is over; false without one.

    Deadline.expired()   -- false]])
function Deadline.expired() return Deadline.remaining() == 0 end

help("Deadline.check", [[
check()

Exits with "deadline_exceeded" when the deadline is over; otherwise returns true.

    Deadline.check()   -- true]])
function Deadline.check()
  if Deadline.expired() then exit("deadline_exceeded") end
  return true
end

help("Deadline.cancel", [[
cancel()

Takes the deadline off.

    Deadline.cancel()   -- true]])
function Deadline.cancel()
  Process.delete("$deadline")
  return true
end
