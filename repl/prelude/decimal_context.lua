-- Decimal.Context: https://hexdocs.pm/decimal/2.4.1/Decimal.Context.html
local help, check = ...

Decimal.Context = {}

local key = "$decimal" -- of the process dictionary; decimal_lib.c reads it there
local defaults = { precision = 28, rounding = "half_up", emax = "infinity", emin = "infinity" }
local function set_of(names)
  local set = {}
  for name in names:gmatch("[%w_]+") do set[name] = true end
  return set
end
local roundings = set_of("down half_up half_even ceiling floor half_down up")
local signals = set_of("invalid_operation division_by_zero rounded inexact overflow underflow")

local function is_count(n) return math.type(n) == "integer" and n > 0 and n <= 1000000 end
local function is_limit(n) return n == "infinity" or math.type(n) == "integer" end
local function are_signals(list)
  if type(list) ~= "table" then return false end
  for _, name in pairs(list) do
    if not signals[name] then return false end
  end
  return true
end

local rules = {
  precision = { is_count, "from 1 to 1000000" },
  rounding = { function(mode) return roundings[mode] end, "a rounding mode" },
  emax = { is_limit, 'an integer or "infinity"' },
  emin = { is_limit, 'an integer or "infinity"' },
  flags = { are_signals, "an array of signals" },
  traps = { are_signals, "an array of signals" },
}

local function filled(context)
  local full = { flags = {}, traps = { "invalid_operation", "division_by_zero" } }
  for name, value in pairs(defaults) do full[name] = value end
  for name, value in pairs(context) do full[name] = value end
  return full
end

local function put(what, context)
  check(what, 1, "context", context, "a table", type(context) == "table")
  for name, value in pairs(context) do
    local rule = rules[name]
    check(what, 1, "context", context,
      "precision, rounding, emax, emin, flags and traps", rule)
    check(what, 1, name, value, rule[2], rule[1](value))
  end
  Process.put(key, filled(context))
  return true
end

help("Decimal.Context", [[
Decimal.Context

What a process rounds its decimal numbers to: precision (digits, 28), rounding ("half_up"; down,
half_even, ceiling, floor, half_down, up), emax and emin (limits of the exponent, "infinity"), flags
(signals there have been) and traps (those that raise an error: invalid_operation,
division_by_zero; also rounded, inexact, overflow, underflow).

    third = function() return Decimal.div(1, 3) end
    Decimal.Context.with({ precision = 3, rounding = "up" }, third)   --> Decimal.new("0.334")]])

help("Decimal.Context.get", [[
get()

The context of this process.

    Decimal.Context.get().precision   --> 28]])
function Decimal.Context.get() return filled(Process.get(key) or {}) end

help("Decimal.Context.set", [[
set(context)

Sets the context of this process; fields that are not given get their defaults.

    Decimal.Context.set { precision = 5, rounding = "down" }
    Decimal.div(2, 3)   --> Decimal.new("0.66666")]])
function Decimal.Context.set(context) return put("Decimal.Context.set", context) end

help("Decimal.Context.update", [[
update(fn)

Sets the context to what fn makes of it.

    Decimal.Context.update(function(context) context.flags = {} return context end)   --> true]])
function Decimal.Context.update(fn)
  check("Decimal.Context.update", 1, "fn", fn, "a function", type(fn) == "function")
  return put("Decimal.Context.update", fn(Decimal.Context.get()))
end

help("Decimal.Context.with", [[
with(context, fn)

What fn returns, called with that context; the old one comes back afterwards.

    third = function() return Decimal.div(1, 3) end
    Decimal.Context.with({ precision = 2 }, third)   --> Decimal.new("0.33")]])
function Decimal.Context.with(context, fn)
  check("Decimal.Context.with", 2, "fn", fn, "a function", type(fn) == "function")
  local old = Decimal.Context.get()
  put("Decimal.Context.with", context)
  local results = table.pack(pcall(fn))
  Process.put(key, old)
  if not results[1] then error(results[2], 0) end
  return table.unpack(results, 2, results.n)
end
