-- A local "_" hides the pattern that matches anything; where it is a value in a table, the loader
-- warns.

send(self(), { "x", 1 })
for _, node in ipairs { "a" } do
  receive {
    { { "x", _ }, print },          -- expect error: the "_" in this table is the local variable of line 5, not the pattern that matches anything; write "any" for that
    after = { 0, print },           -- expect: 
  }
end                                 -- expect error: a_local_underscore_in_a_table_is_told.lua:7

-- Each way to declare one.
local function load_lines(name, ...)
  local loaded, problem = load(table.concat({ ... }, "\n"), "=" .. name)
  assert(loaded, problem)
end

load_lines("numeric", "for _ = 1, 2 do", "  f { _ }", "end")   -- expect error: variable of line 1,
                                                               -- expect error: numeric:2
load_lines("parameter", "function f(a, _, ...)", "", "  return { a = _ } end") -- expect error: parameter:3
load_lines("method", "function M.a:b(_) return { [1] = _; } end") -- expect error: method:1
load_lines("list", "local a, _ <const>, b = 1, 2", "return { _, a }") -- expect error: list:2
load_lines("bare", "local _", "", "", "return { _ }")          -- expect error: bare:4
load_lines("followed", "local _ x = function()", "return { _ } end")  -- expect error: followed:2
load_lines("itself", "local function _() return {_} end")      -- expect error: itself:1
load_lines("until", "repeat", "local _ = f()", "until match(1, { { _, g } })") -- expect error: until:3
load_lines("upvalue", "local _ = 1", "return function()", "return { 1, _ } end") -- expect error: upvalue:3
load_lines("loop", "while g(function(_)", "return { _ } end) do end") -- expect error: loop:2
load_lines("value", "local _ = f(), any", "local x = { _ }")   -- expect error: value:2

-- Where words and signs mislead.
load_lines("comment", "local --[==[ ]] ]==] _ -- [[", "= 1 -- _", "x = { --", "_ --[[]]", "}") -- expect error: comment:4
load_lines("long", "local _ = [==[", "]] ]=] \" ]==]", "return { _ }")                     -- expect error: long:3
load_lines("string", "local _ = 'do \\' {\\\\'", "return { _ }")                           -- expect error: string:2
load_lines("newlines", "local _ = 'a\\\r\nb'\r\n\r\nreturn { _ }")                         -- expect error: newlines:4
load_lines("number", "local _ = 0xep-1 .. 3e+2 .. .5", "return { _ }")                     -- expect error: number:2
load_lines("call", "local _ = f { 1 } 'x'", "(1)", "x = { _ }")                            -- expect error: call:3
load_lines("closures", "local _ = function() if a then b() else c() end end x = { _ }")    -- expect error: closures:1
load_lines("label", "local _ = 1 ::again:: x = { _ } goto again")                          -- expect error: label:1

-- A chunk without a name, a file.
load("local _\nreturn { _ }")                                  -- expect error: [string "local _..."]:2
local name = os.tmpname()
local file = io.open(name, "w")
file:write("#!/usr/bin/moonbeam\nlocal _ = 1\nreturn { _ }\n")
file:close()
print(#dofile(name))                                           -- expect: 1
os.remove(name)                                                -- expect error: of line 2, not
load_lines("end", "local _ = 5", "return { _ }")               -- expect error: end:2
