Greeter = GenServer.module "Greeter"
function Greeter.init(name) return "ok", name end
function Greeter.handle_call.greet(name, from) return "reply", "Hello, " .. name, name end

local pid = GenServer.start_link(Greeter, "Joe")
print(GenServer.call(pid, "greet"))                -- expect: Hello, Joe

function Greeter.handle_call.greet(name, from) return "reply", "Hej, " .. name, name end
print(GenServer.call(pid, "greet"))                -- expect: Hej, Joe

Greeter = GenServer.module "Greeter"
function Greeter.handle_call(request, from, name) return "reply", "Bonjour, " .. name, name end
print(GenServer.call(pid, "greet"))                -- expect: Bonjour, Joe
