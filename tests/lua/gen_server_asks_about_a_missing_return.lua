Forgetful = GenServer.module "Forgetful"
function Forgetful.init() return "ok", 0 end
function Forgetful.handle_call.next(n, from) n = n + 1 end

local ok, err = pcall(GenServer.call, GenServer.start(Forgetful), "next")
print(err.reason[1][1], err.reason[1][2])    -- expect: bad_return_value	nil
-- expect error: ** (stop) bad return value: nil (a callback returned nothing: is its `return` missing?)
