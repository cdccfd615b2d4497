-- net: a picture of the network between the nodes.
local help = ...

local function state_of(way)
  if way.cut then return way.connected and "cut, not noticed yet" or "cut" end
  return way.connected and "connected" or nil
end

-- What is out of the ordinary in one direction.
local function traits(way)
  local list = {}
  if way.delay > 0 then list[#list + 1] = way.delay .. " ms" end
  if way.loss > 0 then list[#list + 1] = ("loses %.4g %%"):format(100 * way.loss) end
  if way.under_way > 0 then list[#list + 1] = way.under_way .. " under way" end
  if way.lost > 0 then list[#list + 1] = way.lost .. " lost so far" end
  return table.concat(list, ", ")
end

-- The way back from a way; both are in the list.
local function back_of(ways, way)
  for _, other in ipairs(ways) do
    if other.from == way.to and other.to == way.from then return other end
  end
end

function net.show()
  local ways, width, silent, seen = net.ways(), 0, true, {}
  for _, way in ipairs(ways) do width = math.max(width, #way.from) end
  local function name(text) return text .. (" "):rep(width - #text) end
  for _, way in ipairs(ways) do
    local back = back_of(ways, way)
    local state, there, here = state_of(way), traits(way), traits(back)
    seen[way.from] = true
    if not seen[way.to] and (state or there ~= "" or here ~= "") then
      silent = false
      print(name(way.from) .. " --- " .. name(way.to) .. "  " .. (state or "not connected"))
      if there == here and there ~= "" then
        print("  both ways: " .. there)
      else
        if there ~= "" then print("  to " .. way.to .. ": " .. there) end
        if here ~= "" then print("  to " .. way.from .. ": " .. here) end
      end
    end
  end
  if silent then print(#ways == 0 and "there is one node only" or "no nodes are connected") end
end
help("net.show", [[
show()

Draws the network: which nodes are connected and which a split keeps apart, what delay and loss there is, and
what is under way.

    Node.start("b")
    Node.connect("b")
    net.show()
]])
