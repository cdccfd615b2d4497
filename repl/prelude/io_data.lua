-- IOData: https://hexdocs.pm/elixir/1.14/IO.html#module-io-data
local help = ...

-- Blames the function `level` calls up.
local function blame(what, number, name, value, wanted, level)
  local text = "bad argument #%d to '%s' (%s: %s expected, got %s)"
  error(text:format(number, what, name, wanted, inspect(value, { width = 0 })), level or 4)
end

IOData = {}

local function collect(what, data, parts, depth)
  if type(data) == "string" then
    parts[#parts + 1] = data
  elseif math.type(data) == "integer" then
    if data < 0 or data > 255 then
      blame(what, 1, "iodata", data, "bytes from 0 to 255", depth + 4)
    end
    parts[#parts + 1] = string.char(data)
  else
    if type(data) ~= "table" or depth > 150 then
      blame(what, 1, "iodata", data, "a string, a byte or a table of those", depth + 4)
    end
    for i = 1, #data do collect(what, data[i], parts, depth + 1) end
  end
  return parts
end

help("IOData", [[
IOData

Text in pieces: nested arrays of strings and bytes, which are joined once, at the end.

    IOData.to_binary({ "a", { "b", 10 } })   -- "ab\n"]])

help("IOData.to_binary", [[
IOData.to_binary(iodata)

Joins nested arrays of strings and bytes.

    IOData.to_binary({ "a", { "b", 99 } })   -- "abc"]])
function IOData.to_binary(data) return table.concat(collect("IOData.to_binary", data, {}, 0)) end

help("IOData.length", [[
IOData.length(iodata)

How many bytes that would be.

    IOData.length({ "a", { "bc", 10 } })   -- 4]])
function IOData.length(data)
  local length = 0
  for _, part in ipairs(collect("IOData.length", data, {}, 0)) do length = length + #part end
  return length
end
