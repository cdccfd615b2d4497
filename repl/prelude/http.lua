-- HTTP: requests as https://hexdocs.pm/httpoison/1.8 makes them, and servers on the loopback.
local help, check, Port, check_names = ...
local open = Port.open

HTTP = {}
-- What runs in other processes: functions that capture nothing, or nothing but open.
HTTP.Server = {}

-- ---- Headers

-- { { name, value }, … } as a table: names in lower case, repeated values joined as RFC 9110 has it.
-- Cookies cannot be joined: they are always a list.
function HTTP.Server.fold(list)
  local headers = {}
  for _, pair in ipairs(list) do
    local name, value = pair[1]:lower(), pair[2]
    if name == "set-cookie" then
      headers[name] = headers[name] or {}
      table.insert(headers[name], value)
    else
      headers[name] = headers[name] and headers[name] .. ", " .. value or value
    end
  end
  return headers
end

-- A table of headers, with one value or a list of them for each name, as { { name, value }, … }; nil
-- when it is none.
function HTTP.Server.unfold(headers)
  local list = {}
  if headers == nil then return list end
  if type(headers) ~= "table" then return nil end
  for name, values in pairs(headers) do
    if type(name) ~= "string" or not name:find("^[%w!#$%%&'*+%-.^_`|~]+$") then return nil end
    if type(values) ~= "table" then values = { values } end
    for _, value in ipairs(values) do
      if type(value) ~= "string" and type(value) ~= "number" then return nil end
      value = tostring(value)
      if value:find("[%z\1-\8\10-\31\127]") then return nil end
      list[#list + 1] = { name:lower(), value }
    end
  end
  return list
end

-- ---- Requests

local MAX_BODY = 64 << 20

local function is_limit(value)
  return value == nil or math.type(value) == "integer" and value >= 0 and value <= 1 << 30
end

local function is_time(value)
  return value == nil or value == "infinity" or math.type(value) and value > 0 and value < 1 << 31
end

-- Milliseconds; nothing for "infinity".
local function time(value, otherwise)
  value = value or otherwise
  if value ~= "infinity" then return math.ceil(value) end
end

local TIME = 'milliseconds (more than 0) or "infinity"'
local LIMIT = "an integer from 0 to 2^30"

-- What a port of class "http" wants. number: where opts stand among the arguments of `what`.
local function read_request(what, number, url, opts)
  check(what, number, "opts", opts, "a table of options", opts == nil or type(opts) == "table")
  opts = opts or {}
  check_names(what, number, opts, {
    "url", "method", "headers", "body", "timeout", "recv_timeout", "request_timeout", "max_body",
    "max_redirect", "follow_redirect", "cacert",
  })
  check(what, 1, "url", url, "a string", type(url) == "string")
  local method = opts.method == nil and "GET" or opts.method
  check(what, number, "method", method, "a word such as \"GET\"",
    type(method) == "string" and method:find("^%a+$") ~= nil)
  check(what, number, "method", method, "what servers are asked, not proxies",
    method:upper() ~= "CONNECT")
  check(what, number, "body", opts.body, "a string", opts.body == nil or type(opts.body) == "string")
  for _, name in ipairs { "timeout", "recv_timeout", "request_timeout" } do
    check(what, number, name, opts[name], TIME, is_time(opts[name]))
  end
  for _, name in ipairs { "max_body", "max_redirect" } do
    check(what, number, name, opts[name], LIMIT, is_limit(opts[name]))
  end
  check(what, number, "follow_redirect", opts.follow_redirect, "a boolean",
    opts.follow_redirect == nil or type(opts.follow_redirect) == "boolean")
  check(what, number, "cacert", opts.cacert, "a file's name, or certificates as PEM",
    opts.cacert == nil or type(opts.cacert) == "string")
  local headers = HTTP.Server.unfold(opts.headers)
  check(what, number, "headers", opts.headers, "a table of names and their values", headers ~= nil)
  local lines, typed = {}, false
  for i, header in ipairs(headers) do
    typed = typed or header[1] == "content-type"
    lines[i] = header[1] .. (header[2] == "" and ";" or ": " .. header[2])
  end
  if opts.body and not typed then lines[#lines + 1] = "content-type: application/octet-stream" end
  return {
    url = url, method = method:upper(), body = opts.body, headers = lines,
    timeout = time(opts.timeout, 8000), recv_timeout = time(opts.recv_timeout, 5000),
    request_timeout = time(opts.request_timeout, "infinity"),
    max_body = opts.max_body or MAX_BODY, max_redirect = opts.max_redirect or 5,
    follow_redirect = opts.follow_redirect == true, cacert = opts.cacert,
  }
end

local function ask(request)
  if request.url:find("[%c%s]") then
    return nil, { reason = { "bad_url", "spaces and control characters must be escaped" } }
  end
  local port <close> = open("http", request)
  local answer = receive { { { port:ref(), _ }, function(answer) return answer end } }
  if answer[1] == "error" then return nil, { reason = answer[2] } end
  return { status_code = answer[2], headers = HTTP.Server.fold(answer[3]), body = answer[4] }
end

help("HTTP", [==[
HTTP

Requests to servers, for which only the calling process waits, and servers of one's own.

    server = HTTP.serve{ handler = function(request) return 200, "hello" end }
    HTTP.get(server.url).body   --> "hello"]==])

help("HTTP.get", [==[
get(url [, opts])

Asks for url; HTTP.request tells the options. Returns { status_code =, headers =, body = }, whatever
the status, or nil and { reason = }.

    HTTP.get("http://127.0.0.1:1/")   --> nil, { reason = "econnrefused" }]==])
function HTTP.get(url, opts) return ask(read_request("HTTP.get", 2, url, opts)) end

help("HTTP.request", [==[
request{ url =, method = "GET", headers =, body =, timeout = 8000, recv_timeout = 5000, … }

Sends a request, and waits for the response: { status_code =, headers =, body = }, whatever the status.
Names of headers are in lower case there; the values of a repeated one are joined by ", ", but
"set-cookie" is a list. In the request, a header has one value or a list of them.

  timeout           milliseconds until there is a connection
  recv_timeout      milliseconds in which nothing at all is sent or received
  request_timeout   milliseconds for everything; "infinity", as for the others, is no limit
  max_body          bytes of the response's body (64 MiB)
  follow_redirect   whether redirections are followed (false), at most max_redirect (5)
  cacert            what a server's certificate is verified with: a PEM file's name, or PEM

Otherwise nil and { reason = }: "connect_timeout", "timeout", "econnrefused", "nxdomain", "closed",
"body_too_large", "max_redirect_overflow", "emfile" (no more sockets), { "bad_url", text },
{ "bad_response", text }, { "tls_alert", { alert, text } }, { "cacert", text } and the like.

    HTTP.request{ url = "no://such", method = "PUT", body = "{}" }]==])
function HTTP.request(opts)
  check("HTTP.request", 1, "opts", opts, "a table of options", type(opts) == "table")
  return ask(read_request("HTTP.request", 1, opts.url, opts))
end

-- ---- Servers

-- A handler's process: hands over { "answer", number, status, headers, body }.
function HTTP.Server.handle(server, handler, request)
  Process.set_label("HTTP " .. request[3] .. " " .. request[4])
  local query = {}
  for _, pair in ipairs(request[5]) do query[pair[1]] = pair[2] end
  local status, body, headers = handler {
    method = request[3], path = request[4], query = query,
    headers = HTTP.Server.fold(request[6]), body = request[7],
  }
  local function refuse(what, given, wanted)
    error(("the handler of HTTP.serve returned as %s %s, not %s"):format(what,
      inspect(given, { width = 0 }), wanted), 0)
  end
  if math.type(status) ~= "integer" or status < 200 or status > 599 then
    refuse("status", status, "an integer from 200 to 599")
  end
  if body ~= nil and type(body) ~= "string" and type(body) ~= "number" then
    refuse("body", body, "a string")
  end
  local list = HTTP.Server.unfold(headers)
  if not list then refuse("headers", headers, "a table of names and their values") end
  send(server, { "$http_answer", request[2], status, list, tostring(body or "") })
end

-- The server's process: hands each request to a process of its own, until its owner is gone.
function HTTP.Server.run(owner, started, options, handler)
  Process.set_label("HTTP server")
  local port <close>, reason = open("http_server", options)
  if not port then
    send(owner, { started, nil, reason })
    return
  end
  local owner_ref = Process.monitor(owner)
  local number = receive { { { port:ref(), { "listening", _ } }, function(n) return n end } }
  send(owner, { started, number })
  local handlers, requests = {}, {} -- { pid =, ref = of the monitor } by request; request by monitor
  local function forget(request)
    local which = handlers[request]
    if not which then return end
    Process.demonitor(which.ref, { "flush" })
    requests[which.ref], handlers[request] = nil, nil
    return which
  end
  local function answer(request, status, headers, body)
    if forget(request) then port:command({ "answer", request, status, headers, body }) end
  end
  local clauses = {
    { { port:ref(), { "gone", _ } }, function(request)
      local which = forget(request)
      if which then Process.exit(which.pid, "kill") end
      return true
    end },
    { { port:ref(), _ }, function(request)
      local pid, ref = spawn_monitor(HTTP.Server.handle, self(), handler, request)
      handlers[request[2]], requests[ref] = { pid = pid, ref = ref }, request[2]
      return true
    end },
    { { "$http_answer", _, _, _, _ }, function(...)
      answer(...)
      return true
    end },
    { { "DOWN", owner_ref, _, _, _ }, function() return false end },
    { { "DOWN", _, _, _, _ }, function(ref)
      if requests[ref] then
        answer(requests[ref], 500, { { "content-type", "text/plain" } }, "internal server error\n")
      end
      return true
    end },
    { "$http_stop", function() return false end },
    { _, function() return true end },
  }
  while receive(clauses) do end
end

help("HTTP.serve", [==[
serve{ port = 0, handler = fn, max_body = 8 MiB }

Starts a server on the loopback, at any free port for 0, and returns { url =, port =, pid = }, or nil
and the reason ("eaddrinuse"). For each request a process of its own calls

  handler({ method =, path =, query =, headers =, body = })

which returns a status, a body and a table of headers; the latter two may be left out. It may wait
without stopping others; it is killed when whoever asked has hung up. One that crashes is logged, and
the answer is 500. query is a table by name, headers as in a response of HTTP.request. A body of more
than max_body bytes gets 413. The server ends with the process that started it.

    server = HTTP.serve{ handler = function(request) return 200, "you want " .. request.path end }
    HTTP.get(server.url .. "/tea").body   --> "you want /tea"]==])
function HTTP.serve(options)
  local function read(opts)
    check("HTTP.serve", 1, "options", opts, "a table of options", type(opts) == "table")
    check_names("HTTP.serve", 1, opts, { "port", "handler", "max_body" })
    check("HTTP.serve", 1, "handler", opts.handler, "a function", type(opts.handler) == "function")
    check("HTTP.serve", 1, "port", opts.port, "an integer from 0 to 65535", opts.port == nil or
      math.type(opts.port) == "integer" and opts.port >= 0 and opts.port <= 65535)
    check("HTTP.serve", 1, "max_body", opts.max_body, LIMIT, is_limit(opts.max_body))
  end
  read(options)
  local wanted = { port = options.port or 0, max_body = options.max_body or 8 << 20 }
  local started = make_ref()
  local pid, ref = spawn_monitor(HTTP.Server.run, self(), started, wanted, options.handler)
  local port, reason = receive {
    { { started, _, _ }, function(port, reason) return port, reason end },
    { { started, _ }, function(port) return port end },
    { { "DOWN", ref, _, _, _ }, function(_, _, reason) return nil, reason end },
  }
  Process.demonitor(ref, { "flush" })
  if not port then return nil, reason end
  return { url = "http://127.0.0.1:" .. port, port = port, pid = pid }
end

help("HTTP.stop", [==[
stop(server)

Ends a server; returns true once it has ended. Who waits for an answer of it gets none.

    server = HTTP.serve{ handler = function() return 200 end }
    HTTP.stop(server)   --> true]==])
function HTTP.stop(server)
  local function read()
    check("HTTP.stop", 1, "server", server, "what HTTP.serve returned",
      type(server) == "table" and is_pid(server.pid))
  end
  read()
  local ref = Process.monitor(server.pid)
  send(server.pid, "$http_stop")
  return receive { { { "DOWN", ref, _, _, _ }, function() return true end } }
end
