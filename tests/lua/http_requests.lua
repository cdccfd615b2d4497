-- Requests to an endpoint of our own: statuses, headers, bodies, redirections, limits, bad URLs.
local server = HTTP.serve{ handler = function(request)
  local n = tonumber(request.path:match("^/status/(%d+)$"))
  if n then return n, "status " .. n end
  if request.path == "/slow" then Process.sleep(5000) end
  if request.path == "/loop" then return 302, "", { location = "/loop" } end
  if request.path == "/moved" then return 301, "", { location = "/echo?from=moved" } end
  local redirection = request.path:match("^/redirect/(%d+)$")
  if redirection then return tonumber(redirection), "", { location = "../echo" } end
  if request.path == "/headers" then
    return 200, "", { ["X-One"] = 1, ["X-Two"] = { "a", "b" }, ["Set-Cookie"] = { "c=1", "d=2" } }
  end
  if request.path == "/large" then return 200, ("x"):rep(1000) end
  if request.path == "/bytes" then return 200, "\0\1\255\r\n" end
  local headers = {}
  for name, value in pairs(request.headers) do
    if name:find("^x%-") or name == "content-type" then headers[name] = value end
  end
  return 200, inspect({ request.method, request.path, request.query, headers, request.body },
    { width = 0, printable_limit = "infinity" })
end }
local function show(path, opts)
  local response, failure = HTTP.get(server.url .. path, opts)
  if failure then return print(inspect(failure)) end
  print(response.status_code, response.body)
end

show("/status/200")                                       -- expect: 200	status 200
show("/status/404")                                       -- expect: 404	status 404
show("/status/500")                                       -- expect: 500	status 500
show("/echo?a=1&b=%20%26&a=2&c")                          -- expect: 200	{ "GET", "/echo", { a = "2", b = " &", c = "" }, {}, "" }
show("/a%20b")                                            -- expect: 200	{ "GET", "/a b", {}, {}, "" }
show("/echo", { headers = { ["X-A"] = { 1, "2" } } })     -- expect: 200	{ "GET", "/echo", {}, { ["x-a"] = "1, 2" }, "" }

local function request(opts)
  opts.url = server.url .. "/echo"
  local response, failure = HTTP.request(opts)
  print(response and response.body or inspect(failure))
end
request{ method = "POST", body = "a\0b" }    -- expect: { "POST", "/echo", {}, { ["content-type"] = "application/octet-stream" }, "a\x00b" }
request{ method = "put", body = "{}", headers = { ["Content-Type"] = "application/json" } } -- expect: { "PUT", "/echo", {}, { ["content-type"] = "application/json" }, "{}" }
request{ method = "DELETE" }                 -- expect: { "DELETE", "/echo", {}, {}, "" }
request{ method = "HEAD" }                   -- expect: 
request{ method = "HEAD", body = "a" }       -- expect: 
print(#HTTP.request{ url = server.url .. "/large", method = "HEAD", max_body = 0 }.body) -- expect: 0
local long = ("0123456789"):rep(100000)
print(#HTTP.request{ url = server.url .. "/echo", method = "POST", body = long }.body > 1000000) -- expect: true

local headers = HTTP.get(server.url .. "/headers").headers
print(headers["x-one"], headers["x-two"], inspect(headers["set-cookie"])) -- expect: 1	a, b	{ "c=1", "d=2" }
print(inspect(HTTP.get(server.url .. "/bytes").body))     -- expect: "\x00\x01\xFF\r\n"

show("/moved")                                            -- expect: 301	
show("/moved", { follow_redirect = true })                -- expect: 200	{ "GET", "/echo", { from = "moved" }, {}, "" }

-- Of methods, 303 makes a GET, and 301 and 302 of POST alone; with the others, bodies go along.
local function redirected(status, method)
  local response = HTTP.request{ url = server.url .. "/redirect/" .. status, method = method,
    body = "body", headers = { ["Content-Type"] = "a/b" }, follow_redirect = true }
  print(status, method, "->", response.body:match('^{ "(%u+)".*, "(%l*)" }$'))
end
redirected(301, "POST")     -- expect: 301	POST	->	GET	
redirected(301, "PUT")      -- expect: 301	PUT	->	PUT	body
redirected(302, "PATCH")    -- expect: 302	PATCH	->	PATCH	body
redirected(303, "POST")     -- expect: 303	POST	->	GET	
redirected(303, "PUT")      -- expect: 303	PUT	->	GET	
redirected(307, "POST")     -- expect: 307	POST	->	POST	body
redirected(308, "DELETE")   -- expect: 308	DELETE	->	DELETE	body

show("/loop", { follow_redirect = true })                 -- expect: { reason = "max_redirect_overflow" }
show("/moved", { follow_redirect = true, max_redirect = 0 }) -- expect: { reason = "max_redirect_overflow" }
print(#HTTP.get(server.url .. "/large", { max_body = 1000 }).body) -- expect: 1000
show("/large", { max_body = 999 })                        -- expect: { reason = "body_too_large" }
show("/slow", { recv_timeout = 50 })                      -- expect: { reason = "timeout" }
show("/slow", { request_timeout = 50 })                   -- expect: { reason = "timeout" }

local function refused(url, opts)
  local response, failure = HTTP.get(url, opts)
  print(response, inspect(failure, { width = 0 }))
end
refused("http://127.0.0.1:1/")            -- expect: nil	{ reason = "econnrefused" }
refused("http://" .. ("x"):rep(64) .. "/")  -- expect: nil	{ reason = "nxdomain" }
local function bad(url)
  local _, failure = HTTP.get(url)
  print(failure.reason[1], type(failure.reason[2]))
end
bad("")                                   -- expect: bad_url	string
bad("http://")                            -- expect: bad_url	string
bad("http://127.0.0.1:99999")             -- expect: bad_url	string
bad("http://a b/")                        -- expect: bad_url	string
bad("http://127.0.0.1/\0")                -- expect: bad_url	string
bad("file:///etc/passwd")                 -- expect: bad_url	string
