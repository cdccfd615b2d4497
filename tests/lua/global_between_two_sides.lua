-- args: --virtual
-- A node that a split does not name keeps its connections to both sides, and carries no names across.
local a, b, c = Node.start("a"), Node.start("b"), Node.start("c")
local main = self()
local function idle() Process.sleep("infinity") end
local function on(node, fn, ...)
  Node.spawn(node, function(fn, ...) send(main, { fn(...) }) idle() end, fn, ...)
  return table.unpack(receive())
end
local function register(name) return global.register_name(name, self()) end
local function where()
  Process.sleep(100)
  local function names()
    local list = global.registered_names()
    table.sort(list)
    return table.concat(list, " ")
  end
  local told = { "main: " .. names(), "a: " .. on(a, names), "b: " .. on(b, names), "c: " .. on(c, names) }
  print((table.concat(told, "\t"):gsub(" $", "")))
end

for _, node in ipairs { a, b, c } do Node.connect(node) end
global.sync()
print(register("of main"), on(a, register, "of a"), on(b, register, "of b"))    -- expect: yes	yes	yes
where()
-- expect: main: of a of b of main	a: of a of b of main	b: of a of b of main	c: of a of b of main

-- Neither side knows the other's names, nor those of the one between; who sends to a pid still gets there.
net.split { { "a" }, { "b", "c" } }
where()                         -- expect: main: of main	a: of a	b: of b	c: of b
print(global.sync())            -- expect: true
print(on(a, register, "new"), on(c, register, "new"))                           -- expect: yes	yes
where()                         -- expect: main: of main	a: new of a	b: new of b	c: new of b
print(inspect(Node.list()))     -- expect: { "a@local", "b@local", "c@local" }

-- They see each other again: all names are everywhere, and "new" is a's alone.
Logger.configure { level = "warning" }
net.heal()
on(a, function() Node.connect("b") Node.connect("c") end)
Process.sleep(5000)
print(global.sync())            -- expect: true
where()
-- expect: main: new of a of b of main	a: new of a of b of main	b: new of a of b of main	c: new of a of b of main
print(node(global.whereis_name("new")))     -- expect: a@local

-- A split that names it has it on one side.
net.split { { "main", "a" }, { "b", "c" } }
Process.sleep(100)
print(table.concat(Enum.sort(global.registered_names()), " "))                  -- expect: new of a of main
net.heal()
Node.connect(b)
Process.sleep(5000)
where()
-- expect: main: new of a of b of main	a: new of a of b of main	b: new of a of b of main	c: new of a of b of main

-- A connection that two close by themselves puts them apart for whoever sees both.
on(a, function() Node.disconnect("b") end)
where()                         -- expect: main: of main	a: new of a	b: of b	c: of main
on(a, function() Node.connect("b") end)
Process.sleep(5000)
where()
-- expect: main: new of a of b of main	a: new of a of b of main	b: new of a of b of main	c: new of a of b of main

-- The server that keeps the names is started again when it dies, and learns them from the others.
Process.exit(Process.whereis("global_name_server"), "kill")
Process.sleep(5000)
where()
-- expect: main: new of a of b of main	a: new of a of b of main	b: new of a of b of main	c: new of a of b of main
