-- Protocol: https://hexdocs.pm/elixir/1.14/Protocol.html
local help, check = ...

Protocol = {}

local protocols = setmetatable({}, { __mode = "k" }) -- protocol -> name, functions, implementations
local basic = {
  boolean = "Boolean", string = "String", table = "Table", ["function"] = "Function",
  ["nil"] = "Nil",
}

-- The name under which a value's implementation is looked for, and whether it is a struct's.
local function type_of(value)
  if type(value) == "number" then return math.type(value) == "integer" and "Integer" or "Float" end
  if is_pid(value) then return "PID" end
  if is_reference(value) then return "Reference" end
  local meta = type(value) == "table" and getmetatable(value)
  local name = type(meta) == "table" and rawget(meta, "__struct")
  if name then return name, true end
  return basic[type(value)] or type(value), false
end

local function find(protocol, value)
  local impls = protocols[protocol].impls
  return impls[type_of(value)] or impls.Any
end

help("Protocol.UndefinedError", [[
Protocol.UndefinedError

What a protocol's function raises for a value of a type that it is not implemented for: a struct with
protocol, value, description and message. tostring gives the message.

    Size = Protocol.define("Size", { "size" })
    ok, err = pcall(Size.size, 1)
    err.value       --> 1
    tostring(err)   --> "protocol Size not implemented for 1 of type Integer"]])
Protocol.UndefinedError = struct("Protocol.UndefinedError",
  { "protocol", "value", description = "", message = "" })
getmetatable(Protocol.UndefinedError()).__tostring = function(err) return err.message end

local function undefined(protocol, value)
  local shown, kind, is_struct = inspect(value, { width = 0 }), type_of(value)
  local text = "protocol %s not implemented for %s of type %s%s"
  error(Protocol.UndefinedError {
    protocol = protocol, value = value,
    message = text:format(protocols[protocol].name, shown, kind, is_struct and " (a struct)" or ""),
  })
end

local function dispatcher(protocol, fn)
  return function(value, ...)
    local impl = find(protocol, value)
    if not impl then undefined(protocol, value) end
    if not impl[fn] then
      local text, name = "%s.%s is not implemented for %s", protocols[protocol].name
      error(text:format(name, fn, (type_of(value))), 2)
    end
    return impl[fn](value, ...)
  end
end

help("Protocol", [[
Protocol

Functions whose implementation depends on the type of their first argument.

    Size = Protocol.define("Size", { "size" })
    Protocol.impl(Size, "String", { size = function(text) return #text end })
    Size.size("abc")   -- 3]])

help("Protocol.define", [[
define(name, functions)

Makes a protocol with functions of those names. A value of a type that nothing is implemented for
raises a Protocol.UndefinedError, "protocol Size not implemented for 1 of type Integer".

    Size = Protocol.define("Size", { "size" })]])
function Protocol.define(name, functions)
  check("Protocol.define", 1, "name", name, "a string", type(name) == "string")
  check("Protocol.define", 2, "functions", functions, "an array of names",
    type(functions) == "table" and
      Enum.all(functions, function(fn) return type(fn) == "string" end))
  local protocol, names = GenServer.module(name), {}
  for _, fn in ipairs(functions) do
    names[fn] = true
    protocol[fn] = dispatcher(protocol, fn)
  end
  protocols[protocol] = { name = name, functions = names, impls = {} }
  return protocol
end

local function name_of(For)
  if type(For) == "string" then return For end
  if type(For) ~= "function" then return nil end
  local ok, instance = pcall(For)
  local name, is_struct = type_of(instance)
  return ok and is_struct and name or nil
end

help("Protocol.impl", [[
impl(protocol, type, functions)

Implements a protocol for a type: a struct's constructor or name, or "Any", "Integer", "Float",
"String", "Table", "Boolean", "PID", "Function", "Reference", "Nil". "Any" stands for all types
without an implementation of their own.

    Size = Protocol.define("Size", { "size" })
    Protocol.impl(Size, "Any", { size = function() return 0 end })
    Size.size(12)   -- 0]])
function Protocol.impl(protocol, For, functions)
  local entry = protocols[protocol]
  check("Protocol.impl", 1, "protocol", protocol, "a protocol made by Protocol.define", entry)
  local name = name_of(For)
  check("Protocol.impl", 2, "type", For, "a struct or the name of a type", name)
  check("Protocol.impl", 3, "functions", functions, "a table of functions",
    type(functions) == "table")
  for fn in pairs(functions) do
    check("Protocol.impl", 3, "functions", functions,
      "nothing but functions of protocol " .. entry.name, entry.functions[fn])
  end
  entry.impls[name] = functions
  return true
end

help("Protocol.impl_for", [[
impl_for(protocol, value)

The functions that the protocol has for this value, or nil.

    Size = Protocol.define("Size", { "size" })
    Protocol.impl_for(Size, 1)   -- nil]])
function Protocol.impl_for(protocol, value)
  check("Protocol.impl_for", 1, "protocol", protocol, "a protocol made by Protocol.define",
    protocols[protocol])
  return find(protocol, value)
end
