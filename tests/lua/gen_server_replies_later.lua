-- args: --virtual
Later = GenServer.module "Later"
function Later.init() return "ok", {} end
function Later.handle_call.wait(waiting, from)
  waiting[#waiting + 1] = from
  return "noreply", waiting
end
function Later.handle_cast.release(waiting, value)
  for _, from in ipairs(waiting) do GenServer.reply(from, value) end
  return "noreply", {}
end

local pid = GenServer.start_link(Later)
local main = self()
for i = 1, 2 do spawn(function() send(main, { i, GenServer.call(pid, "wait") }) end) end
Process.sleep(10)
GenServer.cast(pid, { "release", "now" })
print(inspect(receive()))                          -- expect: { 1, "now" }
print(inspect(receive()))                          -- expect: { 2, "now" }
print(GenServer.reply({ self(), make_ref() }, 1))  -- expect: true
