-- args: --virtual
Logger.configure { level = "none" }
Process.flag("trap_exit", true)

Failing = GenServer.module "Failing"
function Failing.init(how)
  if how == "raise" then error("boom") end
  if how == "exit" then exit("bye") end
  if how == "sleep" then Process.sleep(1000) end
  return "stop", how
end

local function start(how, opts)
  local pid, reason = GenServer.start(Failing, how, opts)
  return pid, type(reason) == "table" and (reason[1]:gsub("^.*: ", "")) or reason
end
print(start("raise"))                              -- expect: nil	boom
print(start("exit"))                               -- expect: nil	bye
print(start("why"))                                -- expect: nil	why
print(start("sleep", { timeout = 100 }))           -- expect: nil	timeout
print(start("why", { name = "name" }))             -- expect: nil	why
print(Process.whereis("name"))                     -- expect: nil
print(GenServer.start_link(Failing, "why"))        -- expect: nil	why
receive { { { "EXIT", _, _ }, function(_, reason) print(reason) end } }    -- expect: why
