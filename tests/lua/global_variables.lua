-- The shell's (a program's) global variables as other processes see them.
-- The message of an error without its position.
local function brief(ok, text, ...) return ok, (tostring(text):gsub("^%S+:%d+: ", "")), ... end
local me = self()
count = 1
config = { a = { 1 } }
function helper() return count end
Account = {}
Account.__index = Account
function Account.new(n) return setmetatable({ n = n }, Account) end
function Account:get() return self.n end
local function elsewhere(f)
  local pid, ref = spawn_monitor(function() exit({ "value", f() }) end)
  return receive { { { "DOWN", ref, any, any, any }, function(_, _, reason) return reason end } }
end
print(elsewhere(function() return count end)[2]) -- expect: 1
print(elsewhere(function() config.a[1] = 5 return inspect(config) end)[2], inspect(config))
-- expect: { a = { 5 } }	{ a = { 1 } }
print(elsewhere(helper)[2]) -- expect: 1
print(elsewhere(function() return Account.new(3):get() end)[2]) -- expect: 3
count = 2
print(elsewhere(helper)[2]) -- expect: 2
print(brief(false, elsewhere(function() count = 3 end)[1]))
-- expect: false	a process cannot set the global variable 'count': processes share nothing (use a local, keep it in the state, or send it in a message)
print(brief(false, elsewhere(function() fresh = 3 end)[1]))
-- expect: false	a process cannot set the global variable 'fresh': processes share nothing (use a local, keep it in the state, or send it in a message)
-- expect error: a process cannot set the global variable 'fresh'
print(count, fresh) -- expect: 2	nil
local seen = {}
for name in pairs(_G) do if name == "count" or name == "helper" then seen[#seen + 1] = name end end
print(table.concat(seen, " ")) -- expect: count helper
print(brief(pcall(setmetatable, _G, {}))) -- expect: false	cannot change a protected metatable
helper = 5 print(helper) -- expect: 5
function helper() return 6 end print(helper()) -- expect: 6
count = nil print(count) -- expect: nil
