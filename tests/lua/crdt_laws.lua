-- Random operations on several copies: merge is commutative, associative and idempotent, and copies
-- that have heard of the same operations agree, in whatever order they heard of them.
-- args: --seed 7
local actors = { "a", "b", "c" }
local function pick(list) return list[math.random(#list)] end

local function change(copy, actor)
  if not copy.member then
    local down = copy.decrement and math.random(2) == 1
    return (down and copy.decrement or copy.increment)(copy, actor, math.random(5))
  end
  local value = math.random(6)
  return math.random(3) == 1 and copy:remove(value) or copy:add(actor, value)
end

-- Three copies after random changes, each of its own actor's, and random deliveries.
local function history(make)
  local copies = {}
  for _, actor in ipairs(actors) do copies[actor] = make() end
  for _ = 1, math.random(25) do
    local actor = pick(actors)
    if math.random(3) == 1 then
      copies[actor] = copies[actor]:merge(copies[pick(actors)])
    else
      copies[actor] = change(copies[actor], actor)
    end
  end
  return copies
end

local function check_laws(make)
  local h = history(make)
  local a, b, c = h.a, h.b, h.c
  assert(equal(a:merge(b), b:merge(a)), "commutative")
  assert(equal(a:merge(b):merge(c), a:merge(b:merge(c))), "associative")
  assert(equal(a:merge(a), a), "idempotent")
  assert(equal(a:merge(b):merge(b), a:merge(b)), "a second delivery changes nothing")
end

-- Every state that a copy was ever in is sent to every copy, in random order, twice.
local function check_convergence(make)
  local copies, letters = history(make), {}
  for _ = 1, 10 do
    local actor = pick(actors)
    copies[actor] = change(copies[actor], actor)
    letters[#letters + 1] = copies[actor]
  end
  for _, actor in ipairs(actors) do letters[#letters + 1] = copies[actor] end
  for _, actor in ipairs(actors) do
    for _ = 1, 2 do
      for i = #letters, 2, -1 do
        local j = math.random(i)
        letters[i], letters[j] = letters[j], letters[i]
      end
      for _, letter in ipairs(letters) do copies[actor] = copies[actor]:merge(letter) end
    end
  end
  assert(equal(copies.a, copies.b) and equal(copies.b, copies.c), "converges")
end

for _, name in ipairs { "gcounter", "pncounter", "orset" } do
  for _ = 1, 300 do
    check_laws(CRDT[name])
    check_convergence(CRDT[name])
  end
  print(name, "keeps the laws")
end
-- expect: gcounter	keeps the laws
-- expect: pncounter	keeps the laws
-- expect: orset	keeps the laws
