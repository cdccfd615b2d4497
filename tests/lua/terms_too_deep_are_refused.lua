-- However a value is nested step by step, it ends with an error, and whoever looks at it meanwhile has stack enough.
local wrapper = spawn(function()
  while true do
    receive { { { _, _ }, function(from, value)
      local ok, err = pcall(send, from, { "wrapped", { value } })
      if not ok then send(from, { "refused", err }) end
    end } }
  end
end)
local value, depth, refusal = {}, 1, nil
while not refusal do
  local ok, err = pcall(send, wrapper, { self(), value })
  if not ok then refusal = err break end
  receive {
    { { "wrapped", _ }, function(wrapped) value, depth = wrapped, depth + 1 end },
    { { "refused", _ }, function(err) refusal = err end },
  }
end
print(refusal:match("tables nested more than %d+ deep")) -- expect: tables nested more than 1500 deep
print(depth > 1400, inspect(value) ~= nil, equal(value, value)) -- expect: true	true	true

-- Within a table nothing passes through Lua.
local t = ETS.new("t")
ETS.insert(t, { 1, 0 })
local wrap = { { { "$1", "$2" }, {}, { { { "$1", { { "$2" } } } } } } }
local steps, ok, err = 0, true, nil
while ok and steps < 1000000 do
  ok, err = pcall(ETS.select_replace, t, wrap)
  steps = steps + 1
end
print(steps < 10000, err) -- expect: true	not enough memory
local object = ETS.lookup(t, 1)[1]
print(object[1], type(object[2]), #ETS.match(t, { 1, { { { { "_" } } } } })) -- expect: 1	table	1
ETS.insert(t, { 2, 0 })
print(ETS.select_count(t, { { { "_", "$1" }, { { "==", "$1", "$1" }, { ">=", "$1", 0 } }, { true } } })) -- expect: 2

-- The others go on.
send(wrapper, { self(), "hello" })
print(receive { { { "wrapped", _ }, function(wrapped) return wrapped[1] end } }) -- expect: hello
