Deaf = GenServer.module "Deaf"
function Deaf.init() return "ok", 0 end

local pid = GenServer.start_link(Deaf, nil, { name = "deaf" })
send(pid, { "hello", 1 })
print(sys.get_state(pid))                          -- expect: 0
-- expect error: [error] Deaf deaf received unexpected message in handle_info/2: { "hello", 1 }
