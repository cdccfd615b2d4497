-- Calls a function with wrong arguments, one at a time, and sees whether that is told: in an error
-- that names the function, the argument, what was given and what is wanted. Otherwise nothing may
-- have happened.
-- What is wrong for which argument is said in argument_kinds.lua.

-- ---- Signatures

local function trim(item) return (item:gsub("^%s+", ""):gsub("%s+$", "")) end

-- The items of a list of arguments, cut at the commas that are in no braces or quotes.
local function items(list)
  local found, depth, start, quoted = {}, 0, 1, false
  for at = 1, #list + 1 do
    local char = list:sub(at, at)
    if char == '"' then quoted = not quoted end
    if not quoted then
      if char:find("[{%[]") then depth = depth + 1 end
      if char:find("[}%]]") then depth = depth - 1 end
    end
    if depth == 0 and not quoted and (char == "," or at > #list) then
      local item = trim(list:sub(start, at - 1))
      if item ~= "" then found[#found + 1] = item end
      start = at + 1
    end
  end
  return found
end

-- Where the bracket at the start of list is closed.
local function closing(list, at)
  local depth = 0
  for i = at, #list do
    local char = list:sub(i, i)
    if char == "[" then depth = depth + 1 elseif char == "]" then depth = depth - 1 end
    if depth == 0 then return i end
  end
end

-- An argument; what it is by default does not matter.
local function read(item, optional)
  local name = item:find("^{") and item or item:gsub("%s*=.*", "")
  return { name = name, optional = optional }
end

-- Every way to write the list: arguments in brackets at the end are optional; those in front of or
-- between others are there or not. Gives lists of { name =, optional = }.
local function forms(list, optional)
  local braces = 0
  for at = 1, #list do
    local char = list:sub(at, at)
    if char == "{" then braces = braces + 1 elseif char == "}" then braces = braces - 1 end
    if char == "[" and braces == 0 then
      local stop = closing(list, at)
      local before, after = list:sub(1, at - 1), list:sub(stop + 1)
      local inside = list:sub(at + 1, stop - 1)
      if trim(after) ~= "" then
        local result = forms(before .. " " .. after, optional)
        local with = forms(before .. inside .. after, optional)
        return table.move(with, 1, #with, #result + 1, result)
      end
      local result = {}
      for _, rest in ipairs(forms(inside, true)) do
        local form = {}
        for _, item in ipairs(items(before)) do form[#form + 1] = read(item, optional) end
        result[#result + 1] = table.move(rest, 1, #rest, #form + 1, form)
      end
      return result
    end
  end
  local form = {}
  for _, item in ipairs(items(list)) do form[#form + 1] = read(item, optional) end
  return { form }
end

-- The forms of all the signatures that a help text begins with; none for what is no function.
local function signatures(path, text)
  local found, last = {}, path:match("[^.]+$")
  for line in (text:match("^(.-)\n\n") or text):gmatch("[^\n]+") do
    local called, list = line:match("^([%w_.]+)%s*(.*)$")
    if list ~= "" then
      assert(called == last, "the signature does not begin with " .. last .. ": " .. line)
      list = list:match("^%((.*)%)$") or assert(list:match("^{.*}$"), "no signature: " .. line)
      for _, form in ipairs(forms(list, false)) do found[#found + 1] = form end
    end
  end
  return found
end

-- ---- Calls

local function function_at(path)
  local at = _G
  for part in path:gmatch("[^.]+") do at = at[part] end
  return at
end

local function shown(given)
  return inspect(given, { width = "infinity" })
end

local ordinals = { "1st", "2nd", "3rd", "4th" }

-- Whether what came of a call says what it has to about the argument that was given. What the kind
-- says in Elixir's words needs only those; what cannot be sent, only the argument's name.
local function is_told(path, argument, given, message, option)
  local kind = option and argument.kind.options[option] or argument.kind
  local picture = type(given) ~= "table" and shown(given):sub(1, 100) or ""
  local has = function(text) return message:find(text, 1, true) ~= nil end
  for _, of in ipairs { kind, argument.kind } do
    for _, words in ipairs(of.words or {}) do
      local shows = has(picture) or type(given) == "thread" or option and given == nil
      if shows and message:find(words) then return true end
    end
  end
  local unsent = message:match("([^\n]-): a coroutine cannot be sent to another process")
  if unsent and type(given) == "thread" then
    if unsent == ("%s[%d]"):format(path, argument.number) then return true end
    return (" " .. unsent .. " "):find("[^%w_]" .. (option or argument.name) .. "[^%w_]") ~= nil
  end
  if has("errors were found at the given arguments") then
    return has(ordinals[argument.number] .. " argument: ") and has(path .. "(") and has(picture)
  end
  local call, label, got =
    message:match("bad argument (#%d+ to '[^']+') %((.-): .* expected, got (.*)%)$")
  local by = argument.kind.by and option and argument.kind.by[path] or path
  if not call or call:match("'(.*)'") ~= by then return false end
  if by == path and call:match("%d+") ~= tostring(argument.number) then return false end
  if option and label ~= option and label ~= "option " .. option then return false end
  if type(given) ~= "table" and not option and not argument.labels[label] then return false end
  return type(given) == "table" or got == "nothing" and given == nil or got:sub(1, 100) == picture
end

-- Whether it was answered by nil and a reason that holds what was given.
local function is_answered(kind, given, result, reason)
  return kind.answered and result == nil and shown(reason):find(shown(given), 1, true) ~= nil
end

local calls, complaints

local function complain(...) complaints[#complaints + 1] = "  " .. table.concat({ ... }, " ") end

-- What a call that is refused must not change.
local function circumstances()
  local own = Process.info(self(), { "links", "monitors" })
  return inspect({ Process.list(), Process.registered(), ETS.all(),
    Application.loaded_applications(), own }, { limit = "infinity" })
end

local function valid_arguments(form)
  local arguments = {}
  for i, argument in ipairs(form) do arguments[i] = argument.kind.make() end
  return arguments
end

-- Calls the function with arguments that are valid but for the one of that number, or an option in
-- it: that is `given`.
local function try(path, form, number, given, option)
  local arguments, argument = valid_arguments(form), form[number]
  if option then arguments[number][option] = given else arguments[number] = given end
  calls = calls + 1
  local before = circumstances()
  local done, result, reason = pcall(function_at(path), table.unpack(arguments, 1, #form))
  local told = not done and is_told(path, argument, given, tostring(result), option)
    or done and is_answered(argument.kind, given, result, reason)
  local what = ("#%d %s%s = %s:"):format(number, argument.name, option and "." .. option or "",
    shown(given))
  if not told then complain(what, done and "no error" or tostring(result)) end
  if not done and circumstances() ~= before then complain(what, "something has happened") end
end

-- Every probe that is not right for the kind, and what else it knows to be wrong.
local function try_all(path, form, number, kind, option)
  for _, name in ipairs(probe_names) do
    if not kind.right[name] then try(path, form, number, probes[name], option) end
  end
  for _, given in ipairs(kind.wrong) do try(path, form, number, given, option) end
end

-- An option that nobody knows: Elixir lets it pass, but it is a misspelt one more often than not.
local function try_unknown(path, form, number)
  local arguments = valid_arguments(form)
  arguments[number].no_such_option = 1
  calls = calls + 1
  local done, err = pcall(function_at(path), table.unpack(arguments, 1, #form))
  local said = done and "no error" or tostring(err)
  if done or not said:find("no_such_option", 1, true) or not said:find(path, 1, true) then
    complain("an unknown option:", said)
  end
end

-- The last argument is missing, not nil, which is told by the same functions in another way.
local function try_missing(path, form)
  local last = form[#form]
  if last.kind.right["nil"] or last.name == "..." then return end
  calls = calls + 1
  local done, err =
    pcall(function_at(path), table.unpack(valid_arguments(form), 1, #form - 1))
  local said = done and "no error" or tostring(err)
  if done or not said:find(path, 1, true) and not is_told(path, last, nil, said) then
    complain("without the last argument:", said)
  end
end

-- Arguments that the kinds call valid must not be refused. What the call does is nobody's business:
-- it is made in a process of its own, which gets a second.
local function try_valid(path, form)
  local pid, ref = spawn_monitor(function()
    local done, err = pcall(function_at(path), table.unpack(valid_arguments(form), 1, #form))
    local said = done and "" or tostring(err)
    exit{ "said", said }
  end)
  local reason = receive {
    { { "DOWN", ref, _, _, _ }, function(_, _, reason) return reason end },
    after = { 1000, function() Process.exit(pid, "kill") end },
  }
  Process.sleep(10) -- what it has started ends with it
  local said = type(reason) == "table" and reason[1] == "said" and reason[2] or ""
  if said:find("bad argument", 1, true) or said:find("errors were found", 1, true) then
    complain("valid arguments are refused:", said)
  end
end

-- What errors may call the argument of each number: its name in any of the signatures. One that is
-- written as a pattern, { registry, key }, has whatever name.
local function labels_of(forms)
  local labels = {}
  for _, form in ipairs(forms) do
    for number, argument in ipairs(form) do
      local known = labels[number] or {}
      known[argument.name] = true
      if not argument.name:find("^[%w_]+$") then
        setmetatable(known, { __index = function() return true end })
      end
      labels[number] = known
    end
  end
  return labels
end

-- Returns how many wrong calls were made, and the complaints.
function check_arguments(path, text)
  calls, complaints = 0, {}
  local special, forms = functions[path] or {}, signatures(path, text)
  local labels = labels_of(forms)
  for _, form in ipairs(forms) do
    for number, argument in ipairs(form) do
      local name = argument.name
      local kind = special[name .. "@" .. number] or special[name] or kinds[name]
      if not kind then
        complain("nobody knows what is wrong for the argument", name)
        return calls, complaints[1]
      end
      argument.number, argument.labels = number, labels[number]
      argument.kind = argument.optional and optional(kind) or kind
    end
    if not without_trial[path] then try_valid(path, form) end
    if #forms == 1 and #form > 0 then try_missing(path, form) end
    for number, argument in ipairs(form) do
      try_all(path, form, number, argument.kind)
      for option, kind in pairs(argument.kind.options or {}) do
        try_all(path, form, number, kind, option)
      end
      if argument.kind.options and not argument.kind.passes then try_unknown(path, form, number) end
    end
  end
  return calls, table.concat(complaints, "\n")
end
