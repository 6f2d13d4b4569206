-- What people write in their first minutes works, or says what to write instead.
local auth0, json = require "auth0", require "json"
local management = auth0.management

-- The response is a call's second result; it is no options of json.encode.
local client = management.clients.list({ per_page = 1 }).data[1]
assert(json.encode(management.clients.get(client.client_id)):find(client.client_id, 1, true))
assert(not pcall(json.encode, {}, { attempts = 1 }))

local function expect(text, fn, ...)
  local ok, problem = pcall(fn, ...)
  assert(not ok and tostring(problem):find(text, 1, true), tostring(problem))
end
local page = management.clients.list()
expect("its items are in page.data", function() for _ in ipairs(page) do end end)
expect("use #page.data", function() return #page end)
expect("with a colon: page:get_next_page()", function() return page.get_next_page() end)
expect("give the value itself", management.clients.get, { id = "x" })
expect("luath api --migrate users.getAll", function() return management.users.getAll end)
expect("more than 0 seconds", management.clients.get, "x", nil, { timeout = 0 })
expect("belongs to the connection", management.clients.get, "x", nil, { headers = { host = "evil.test" } })
expect("did you mean 'redirect_uri'", auth0.authentication.oauth.authorize_url,
  { response_type = "code", redirect_url = "https://x.test" })
expect("is empty", auth0.userinfo.get_user_info, "")

-- A client without a domain is the run's own tenant with other settings.
local seen = 0
local counted = auth0.ManagementClient { fetcher = function(request, fetch) seen = seen + 1 return fetch(request) end }
assert(counted.clients.get(client.client_id).client_id == client.client_id and seen == 1)
