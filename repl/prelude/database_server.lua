-- A database's connection: a process, which holds the port to SQLite and lets the others take turns. It
-- watches its owner, who made it, and whom it is working for.
local open = select(3, ...).open

Database = {}
Database.Server = {}
local Server = Database.Server

-- c.running: the request that the port is answering. c.holder: the process whose transaction is
-- open, c.depth levels deep; c.lost: what has undone it already. c.inner: the holder's requests that
-- wait, c.queue: everybody's. A request: { client, ref, verb, … }; ref is the client's, false if it
-- waits for no answer.

function Server.reply(request, answer)
  if request.client and request.ref then send(request.client, { request.ref, answer }) end
end

function Server.command(c, request, command)
  c.running = request
  if request.client and request.client ~= c.holder then
    request.watch = Process.monitor(request.client)
  end
  c.port:command(command, true)
end

function Server.control(c, request, sql) Server.command(c, request, { "control", sql }) end

-- The transaction belongs to its process from before BEGIN on, which may have to wait for a lock.
function Server.hold(c, client)
  c.holder, c.depth, c.watch = client, 0, Process.monitor(client)
end

function Server.release(c)
  Process.demonitor(c.watch, { "flush" })
  c.holder, c.depth, c.watch, c.lost, c.gone = nil, 0, nil, nil, nil
  table.move(c.queue, 1, #c.queue, #c.inner + 1, c.inner)
  c.inner, c.queue = {}, c.inner
end

-- ---- Requests, when it is their turn

function Server.execute(c, request) Server.command(c, request, request.command) end

Server.query = Server.execute

function Server.begin(c, request)
  if c.holder then
    Server.control(c, request, "SAVEPOINT level_" .. c.depth)
  else
    Server.hold(c, request.client)
    Server.control(c, request, c.read_only and "BEGIN" or "BEGIN IMMEDIATE")
  end
end

function Server.commit(c, request)
  Server.control(c, request, c.depth == 1 and "COMMIT" or "RELEASE level_" .. c.depth - 1)
end

function Server.rollback(c, request)
  local level = "level_" .. c.depth - 1
  Server.control(c, request, c.depth == 1 and "ROLLBACK"
    or "ROLLBACK TO " .. level .. "; RELEASE " .. level)
end

-- One level of the transaction has ended.
function Server.leave(c)
  c.depth = c.depth - 1
  if c.depth == 0 then Server.release(c) end
end

-- A request in a transaction that is undone already: nothing is done any more.
function Server.refuse(c, request)
  local answer = { "error", "abort", "the transaction has been rolled back: " .. c.lost, false }
  if request.verb == "rollback" then answer = { "ok", 0, false } end
  if request.verb == "commit" or request.verb == "rollback" then Server.leave(c) end
  Server.reply(request, answer)
end

-- Whether it is known to be gone. Of a process of another node one hears later.
function Server.is_gone(client)
  return node(client) == Node.self() and not Process.alive(client)
end

function Server.next(c)
  while not c.running and not c.closing do
    local request
    if c.gone then
      request = { verb = "undo" }
      Server.control(c, request, "ROLLBACK")
      return
    end
    request = table.remove(c.holder and c.inner or c.queue, 1)
    if not request then return end
    if c.lost then
      Server.refuse(c, request)
    elseif not Server.is_gone(request.client) then
      Server[request.verb](c, request)
    end
  end
end

-- ---- Answers

-- What an answer means for the transaction. Whether the client is to be told now.
function Server.settle(c, request, answer)
  local done, verb = answer[1] == "ok", request.verb
  if verb == "begin" then
    if done then c.depth = c.depth + 1 elseif c.depth == 0 then Server.release(c) end
  elseif verb == "commit" and not done and answer[#answer] then
    -- It could not be committed, and is still there.
    request.verb, request.answer = "rollback", answer
    Server.rollback(c, request)
    return false
  elseif verb == "commit" or verb == "rollback" then
    Server.leave(c)
  elseif verb == "undo" then
    Server.release(c)
  end
  return true
end

function Server.answered(c, answer)
  local request = c.running
  c.running = nil
  if answer == "nomem" then exit("out_of_memory") end
  if request.watch then Process.demonitor(request.watch, { "flush" }) end
  request.watch = nil
  if c.closing then
    Server.reply(request, { "error", "closed", "the connection is closed" })
  elseif Server.settle(c, request, answer) then
    Server.reply(request, request.answer or answer)
  end
  if c.holder and c.depth > 0 and not c.running and not answer[#answer] and not c.lost then
    c.lost = answer[1] == "error" and answer[3] or "it is not open any more"
    if c.gone then Server.release(c) end
  end
end

-- ---- Messages

function Server.down(c, ref)
  if c.watch == ref then
    if c.lost then return Server.release(c) end
    c.gone, c.inner = true, {}
  end
  local running = c.running
  if running and (running.watch == ref or c.watch == ref and running.client == c.holder) then
    running.client = nil
    if running.verb ~= "rollback" then c.port:command({ "cancel" }) end
  end
end

-- The client does not wait any more: it was interrupted, or is gone.
function Server.forget(c, ref)
  for _, queue in ipairs { c.inner, c.queue } do
    for i, request in ipairs(queue) do
      if request.ref == ref then return table.remove(queue, i) end
    end
  end
  local running = c.running
  if running and running.ref == ref then
    running.client = nil
    if running.verb == "begin" then c.gone = true end
    c.port:command({ "cancel" })
  end
end

function Server.asked(c, client, ref, verb, command)
  local request = { client = client, ref = ref, verb = verb, command = command }
  if verb == "close" then
    c.closing = c.closing or request
    if c.running then c.port:command({ "cancel" }) end
  elseif verb == "forget" then
    Server.forget(c, ref)
  elseif verb == "holds" then
    Server.reply(request, { "ok", client == c.holder, false })
  elseif (verb == "commit" or verb == "rollback") and client ~= c.holder then
    Server.reply(request, { "error", "abort", "the transaction has been rolled back" })
  else
    local queue = client == c.holder and c.inner or c.queue
    queue[#queue + 1] = request
  end
end

-- The file is closed before whoever asked for it hears so.
function Server.close(c)
  c.port:command({ "close" }, true)
  receive { { { c.ref, any }, function() end } }
  Server.reply(c.closing, { "ok", 0, false })
end

function Server.serve(c)
  repeat
    local message = receive()
    if type(message) ~= "table" then
      -- nobody we know
    elseif message[1] == c.ref then
      Server.answered(c, message[2])
    elseif message[1] == "$database" then
      Server.asked(c, message[2], message[3], message[4], message[5])
    elseif message[1] == "DOWN" and message[2] == c.owner then
      return
    elseif message[1] == "DOWN" then
      Server.down(c, message[2])
    end
    Server.next(c)
  until c.closing and not c.running
  Server.close(c)
end

-- What is spawned: it captures nothing but open.
function Server.run(owner, started, options)
  local watch = Process.monitor(owner)
  Process.set_label("database " .. options.path)
  local port <close>, reason = open("sqlite", options)
  if not port then return send(owner, { started, { "error", "nomem", inspect(reason) } }) end
  local ref = port:ref()
  local answer = receive {
    { { ref, any }, function(answer) return answer end },
    { { "DOWN", watch, any, any, any }, function() return "gone" end },
    { { "$database", any, any, "close" }, function() return "gone" end },
  }
  if answer == "gone" then return end
  send(owner, { started, answer })
  if answer[1] ~= "ok" then return end
  Database.Server.serve { port = port, ref = ref, owner = watch, read_only = options.read_only, depth = 0,
    inner = {}, queue = {} }
end
