-- A local "_" that is only there to be ignored, and the pattern itself, are nothing to warn of: this
-- program leaves stderr empty.

local function quiet(...)
  local loaded, problem = load(table.concat({ ... }, "\n"), "=quiet")
  assert(loaded, problem)
end

-- The idioms.
for _, x in ipairs { 1, 2 } do print(({ x })[1]) end
quiet("for _ = 1, 3 do f { 1 } end return { _ }")
quiet("for _, x in pairs { _ } do f(_, x, { x }) end return { _, _ }")
quiet("for _ in f { _ }, g(function(a) return { _ } end) do end")
quiet("local a, _, b = f() return { a, b }")
quiet("local function f(_, b) return { b } end return { _ }")
quiet("local f = function(_) return f(_), _ end, { _ } return { { _ } }")

-- The scope ends with the block.
quiet("do local _ = 1 end return { _ }")
quiet("if a then local _ elseif b then f { _ } local _ = 1 else f { _ } end return { _ }")
quiet("while a do local _ = 1 end return { _ }")
quiet("repeat local _ = 1 until _ x = { _ }")
quiet("repeat local _ until f(function() repeat local _ until _ end) return { _ }")
quiet("return { function(_) return _ end, _ }")
quiet("function M:f(_) end return { _, f = _; _ }")

-- It begins behind the declaration.
quiet("local _ = receive { { { 'x', _ }, f } }")
quiet("local _, n = receive { { { 'x', _, _ }, f }, { _, g } }, 1")
quiet("local _ <const> = f(function(a) return { a, _ } end)['x'] { _ }.y")
quiet("local _ = -#f { _ } .. g { _ } and not { _ } or 1 // 2 == { _ }")

-- Fields, keys and parts of expressions.
quiet("local _ = 1 return { _ = 1, a = x._, [_] = 2, f(_), _ + 1, 1 + _, (_), _.x, _(), -_, x[_] }")
quiet("local _ = 1 return { __ = __, _a, a_, '_', \"{ _ }\", [[{ _ }]] } -- { _ }")
quiet("local _ = 1 goto _ ::_:: return { any }")

-- Names for the pattern.
quiet("local _ = _ return { _ }")
quiet("local _ = any; return { _ }")
quiet("local receive, _, match = receive, _, match return { _ }")
quiet("for _ = 1, 2 do local a, _ <const> = 1, any f { _ } end")

-- What does not compile has other mistakes.
print(load("local _ return { _ } end") == nil)
local deep = load("local _ return " .. ("("):rep(150) .. "1" .. (")"):rep(150))
print(deep())
print(load("local _ return " .. ("{"):rep(1000) .. "_" .. ("}"):rep(1000)) == nil)

-- The pattern.
send(self(), { "x", 1 })
receive { { { "x", _ }, print } }

-- Warnings can be turned off.
Logger.configure { level = "error" }
load("local _ return { _ }")

-- expect: 1
-- expect: 2
-- expect: true
-- expect: 1
-- expect: true
-- expect: 1
