-- args: --virtual
-- Global names where there is one node only, which starts what keeps them when it is first asked: also by
-- several at once.
Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call.next(n) return "reply", n, n + 1 end

print(global.whereis_name("n"), inspect(global.registered_names()))     -- expect: nil	{}
print(GenServer.whereis({ "global", "n" }))                             -- expect: nil
local main = self()
for i = 1, 5 do
  spawn(function()
    local pid, reason = GenServer.start(Counter, 1, { name = { "global", "n" } })
    send(main, pid and "started" or reason[1])
  end)
end
local answers = {}
for i = 1, 5 do answers[i] = receive() end
print(table.concat(Enum.sort(answers), " "))
-- expect: already_started already_started already_started already_started started
print(GenServer.call({ "global", "n" }, "next"), GenServer.call({ "global", "n" }, "next"))     -- expect: 1	2
print(global.sync(), Node.self())                                       -- expect: true	nonode@nohost

-- They stay when the node gets company.
Node.start("b")
Node.connect("b")
global.sync()
Node.spawn("b", function() send(main, GenServer.call({ "global", "n" }, "next")) end)
print(receive(), Node.self())                                           -- expect: 3	main@local

-- A start that fails in init leaves no name, and who gives up waiting gets no server.
Bad = GenServer.module "Bad"
function Bad.init(how)
  if how == "slow" then Process.sleep(1000) end
  return "stop", "no"
end
print(GenServer.start(Bad, nil, { name = { "global", "bad" } }))        -- expect: nil	no
print(GenServer.start(Bad, "slow", { name = { "global", "slow" }, timeout = 10 })) -- expect: nil	timeout
Process.sleep(1)
print(inspect(global.registered_names()))                               -- expect: { "n" }

-- Below a supervisor, as any other name.
Supervisor.start_link({ { id = "kept", start = { GenServer, "start_link", { Counter, 1, { name = { "global", "kept" } } } } } },
  { strategy = "one_for_one" })
local first = global.whereis_name("kept")
Process.exit(first, "kill")
Process.sleep(1000)
print(global.whereis_name("kept") ~= first, GenServer.call({ "global", "kept" }, "next"))       -- expect: true	1
