local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Logger.configure { level = "error" }
local b = Node.start("b")

-- Takes the name while the nodes are apart, and tells what it gets.
local function run(main, side, name, resolve)
  local other = side == "here" and Node.list()[1] or node(main)
  Node.monitor(other, true)
  receive { { { "nodedown", any }, function() end } }
  local answer = global.register_name(name, self(), resolve)
  Process.sleep(400)
  send(main, { "registered", side, answer })
  while true do
    local message = receive()
    send(main, { "got", side, message })
  end
end
local function tell(main, name) send(main, { "known", global.whereis_name(name) }) end
local function tell_life(main, pid) send(main, { "alive", Process.alive(pid) }) end

local function first(_, one) return one end
local function second(_, _, other) return other end
local function neither() return "none" end
local function nonsense() return 42 end
local function fails() exit("oops") end

-- Who is given as the first and as the second, and where the question is asked.
local function tells(_, one, other)
  send(one, { "first", Node.self() == node(one) })
  send(other, { "second", Node.self() == node(other) })
  return other
end

local function registered()
  local sides = {}
  for _ = 1, 2 do
    receive { { { "registered", any, any }, function(side, answer) sides[side] = answer end },
      after = { 3000, function() end } }
  end
  return sides
end

local function got(side)
  local list = {}
  while receive { { { "got", side, any }, function(message) list[#list + 1] = message return true end },
    after = { 100, function() return false end } } do end
  return list
end

local function answer(tag) return receive { { { tag, any }, function(value) return value end } } end

local function conflict(name, resolve)
  Node.connect(b)
  global.sync()
  local here = spawn(run, self(), "here", name, resolve)
  local there = Node.spawn(b, run, self(), "there", name, resolve)
  oracle.settle()
  Node.disconnect(b)
  oracle.settle()
  Node.connect(b)
  global.sync()
  Process.sleep(700)
  local sides = registered()
  oracle.show(name .. ": here it registered", sides.here)
  oracle.show(name .. ": there it registered", sides.there)
  local known = global.whereis_name(name)
  oracle.show(name .. ": has it", known == nil and "nobody" or known == here and "here" or "there")
  Node.spawn(b, tell, self(), name)
  oracle.show(name .. ": b agrees", answer("known") == known)
  oracle.show(name .. ": lives here", Process.alive(here))
  Node.spawn(b, tell_life, self(), there)
  oracle.show(name .. ": lives there", answer("alive"))
  for _, side in ipairs { "here", "there" } do oracle.show(name .. ": got " .. side, got(side)) end
  global.unregister_name(name)
end

conflict("exits", global.random_exit_name)
conflict("notified", global.random_notify_name)
conflict("all_notified", global.notify_all_name)
conflict("first", first)
conflict("second", second)
conflict("neither", neither)
conflict("nonsense", nonsense)
conflict("fails", fails)
conflict("tells", tells)
