-- A fetcher of one's own sees each request before it is sent, and its answer.
local auth0 = require "auth0"
local seen = {}

local management = auth0.ManagementClient {
  domain = os.getenv "AUTH0_DOMAIN", client_id = os.getenv "AUTH0_CLIENT_ID",
  client_secret = os.getenv "AUTH0_CLIENT_SECRET",
  fetcher = function(request, fetch)
    for name in pairs(request.headers) do assert(name:lower() ~= "authorization", "the token stays unseen") end
    request.headers["X-Traced"] = "yes"
    local answer = fetch(request)
    table.insert(seen, ("%s %s %d"):format(request.method, request.url, answer.status))
    return answer
  end,
}
local id = os.getenv "AUTH0_CLIENT_ID"
assert(management.clients.get(id).client_id == id)
assert(#seen == 1 and seen[1]:find "^GET http.*/api/v2/clients/.* 200$", seen[1])
