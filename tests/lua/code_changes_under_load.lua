-- args: --virtual --seed 3
-- New code reaches running servers at their next callback, and no call is lost while it changes.
local SOURCE = [[
Shop = GenServer.module "Shop"
function Shop.init(n) return "ok", n end
function Shop.handle_call.version(n, from) return "reply", %d, n end
function Shop.handle_call.buy(n, from)
  if n %% 5 == 0 then Process.sleep(3) end
  return "reply", n, n + 1
end
]]
assert(load(SOURCE:format(1)))()
local shop = GenServer.start_link(Shop, 0, { name = "shop" })
print(GenServer.call("shop", "version"))            -- expect: 1

local main = self()
for _ = 1, 20 do
  spawn(function()
    for _ = 1, 50 do
      GenServer.call("shop", "buy", "infinity")
      Process.sleep(math.random(4))
    end
    send(main, "bought")
  end)
end

for version = 2, 20 do
  Process.sleep(10)
  assert(load(SOURCE:format(version)))()
  assert(GenServer.call("shop", "version") == version)
end
for _ = 1, 20 do receive { { "bought", function() end } } end
print(GenServer.call("shop", "version"))            -- expect: 20
print(sys.get_state("shop"), Process.alive(shop))   -- expect: 1000	true

-- What fails to load changes nothing.
print((load("function Shop.handle_call.version(n, from) return (")))  -- expect: nil
print(pcall(load("function Shop.init() end error('no')", "=shop")))   -- expect: false	shop:1: no
print(GenServer.call("shop", "version"))            -- expect: 20

-- A callback in progress ends with the code it began with; the next one has the new.
function Shop.handle_call.slow(n, from)
  Process.sleep(50)
  return "reply", "old", n
end
spawn(function() send(main, GenServer.call("shop", "slow")) end)
Process.sleep(10)
function Shop.handle_call.slow(n, from) return "reply", "new", n end
print(receive(), GenServer.call("shop", "slow"))    -- expect: old	new

-- code_change turns the state into what the new code expects.
sys.suspend("shop")
function Shop.handle_call.buy(state, from) return "reply", state.sold, { sold = state.sold + 1 } end
function Shop.code_change(old, n, extra) return "ok", { sold = n + extra } end
spawn(function() send(main, GenServer.call("shop", "buy")) end)
print(sys.change_code("shop", Shop, 1, 100))        -- expect: true
print(inspect(sys.get_state("shop")))               -- expect: { sold = 1100 }
sys.resume("shop")
print(receive(), inspect(sys.get_state("shop")))    -- expect: 1100	{ sold = 1101 }
