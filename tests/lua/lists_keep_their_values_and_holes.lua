-- What travels arrives as it was, however the table came about.
local function echo(value)
  send(self(), value)
  return receive()
end

local by_constructor = { 1, 2.5, true, false, "short", ("long "):rep(5), self(), { 1, { 2 } }, "last" }
print(equal(echo(by_constructor), by_constructor)) -- expect: true

local by_keys = {}
for i = 9, 1, -1 do by_keys[i] = by_constructor[i] end
print(equal(echo(by_keys), by_constructor)) -- expect: true

local with_name = { 1, 2, 3, name = "three" }
print(inspect(echo(with_name))) -- expect: { 1, 2, 3, name = "three" }

local with_holes = { 1, nil, 3 }
print(inspect(echo(with_holes))) -- expect: { 1, nil, 3 }

local emptied = { a = 1 }
emptied.a = nil
emptied[1] = "one"
print(inspect(echo(emptied))) -- expect: { "one" }

local long = {}
for i = 1, 1000 do long[i] = i % 3 == 0 and "text" .. i or i % 3 == 1 and i or { i } end
print(equal(echo(long), long)) -- expect: true

print(inspect(echo({ {}, { { } } }))) -- expect: { {}, { {} } }
