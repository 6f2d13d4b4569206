-- A client with credentials fetches its token at the first call and keeps it.
local auth0 = require "auth0"
local id, secret = os.getenv "AUTH0_CLIENT_ID", os.getenv "AUTH0_CLIENT_SECRET"

local management = auth0.ManagementClient {
  domain = os.getenv "AUTH0_DOMAIN", client_id = id, client_secret = secret,
  headers = { ["X-Application"] = "applied to all requests" }, timeout = 5, max_retries = 1,
}
local client = management.clients.get(id, { fields = "name,client_id" }, { headers = { ["X-Request"] = "to this one" } })
assert(client.client_id == id and client.name)

local wrong = auth0.ManagementClient { domain = os.getenv "AUTH0_DOMAIN", client_id = id, client_secret = "wrong" }
local ok, problem = pcall(wrong.clients.list)
assert(not ok and problem.kind == "config" and problem.status_code == 401, tostring(problem))
assert(not tostring(problem):find(secret, 1, true))
