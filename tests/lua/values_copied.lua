-- Every shape of table arrives as it was sent, wherever Lua keeps its entries.
local me = self()
local function copy(v) send(me, v) return receive() end
print(inspect(copy({ 1, nil, 3 }))) -- expect: { 1, nil, 3 }
print(inspect(copy({ 1, 2, x = 1 }))) -- expect: { 1, 2, x = 1 }
local mixed = { x = 1, y = 2, z = 3 }
mixed[1] = "a" mixed[2] = "b"
print(inspect(copy(mixed))) -- expect: { "a", "b", x = 1, y = 2, z = 3 }
local big = {}
for i = 1, 40 do big[i] = i end
big.x = "extra"
local r = copy(big)
print(#r, r.x, r[40]) -- expect: 40	extra	40
local holes = {}
for i = 1, 40 do holes[i] = i end
holes[20] = nil
r = copy(holes)
print(r[19], r[20], r[21], r[40]) -- expect: 19	nil	21	40
local backwards = {}
for i = 40, 1, -1 do backwards[i] = i end
r = copy(backwards)
print(#r, r[1], r[40]) -- expect: 40	1	40
local hashed = { x = 1, y = 2, z = 3, w = 4, v = 5, u = 6, s = 7 }
for i = 1, 20 do hashed[i] = i end
r = copy(hashed)
print(#r, r.x, r.s, r[20]) -- expect: 20	1	7	20
local map = {}
for i = 1, 30 do map["k" .. i] = i end
r = copy(map)
print(r.k1, r.k30) -- expect: 1	30
print(inspect(copy({ [0] = 1, [-1] = 2, [2^53] = 3, [1.5] = 4, [true] = 5 })))
-- expect: { [-1] = 2, [0] = 1, [1.5] = 4, [9007199254740992] = 3, [true] = 5 }
print(copy("x"), #copy(("y"):rep(1000)), copy("a\0b") == "a\0b") -- expect: x	1000	true
print(copy(1.5), copy(1), copy(math.mininteger), copy(nil), copy(true), copy(me) == me)
-- expect: 1.5	1	-9223372036854775808	nil	true	true
local nan = copy(0 / 0)
print(nan ~= nan, copy(1 / 0), copy(-0.0)) -- expect: true	inf	-0.0
local deep = {}
local d = deep
for i = 1, 500 do d.n = {} d = d.n end
r = copy(deep)
local n = 0
while r.n do r = r.n n = n + 1 end
print(n) -- expect: 500
-- The sender's table stays its own.
local mine = { 1 }
send(me, mine)
mine[1] = 2
print(receive()[1]) -- expect: 1
