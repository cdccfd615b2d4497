-- IOData: https://hexdocs.pm/elixir/1.14/IO.html#module-io-data
local help, check = ...

IOData = {}

local function is_byte(value)
  return math.type(value) == "integer" and value >= 0 and value <= 255
end

-- The pieces in order. They may be nested as deep as there are many, { { { "a" }, "b" }, "c" }: so the
-- lists that are under way lie in `open`, with the place in each that was looked at last.
local function collect(what, data)
  local parts, open, inside = {}, { { list = { data }, size = 1, place = 0 } }, {}
  while #open > 0 do
    local frame = open[#open]
    frame.place = frame.place + 1
    local value = frame.list[frame.place]
    if frame.place > frame.size then
      open[#open], inside[frame.list] = nil, nil
    elseif type(value) == "string" then
      parts[#parts + 1] = value
    elseif is_byte(value) then
      parts[#parts + 1] = string.char(value)
    else
      check(what, 1, "iodata", value, "a string, a byte (0 to 255) or a list of those",
        type(value) == "table" and not inside[value])
      open[#open + 1], inside[value] = { list = value, size = #value, place = 0 }, true
    end
  end
  return parts
end

help("IOData", [[
IOData

Text in pieces: nested arrays of strings and bytes, which are joined once, at the end.

    IOData.to_binary({ "a", { "b", 10 } })   -- "ab\n"]])

help("IOData.to_binary", [[
to_binary(iodata)

Joins nested arrays of strings and bytes.

    IOData.to_binary({ "a", { "b", 99 } })   -- "abc"]])
function IOData.to_binary(data) return table.concat(collect("IOData.to_binary", data)) end

help("IOData.length", [[
length(iodata)

How many bytes that would be.

    IOData.length({ "a", { "bc", 10 } })   -- 4]])
function IOData.length(data)
  local length = 0
  for _, part in ipairs(collect("IOData.length", data)) do length = length + #part end
  return length
end
