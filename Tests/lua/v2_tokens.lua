-- A token that a script asks for itself, as generation 2 did, and clients that are made with it.
local auth0 = require "auth0.v2"

local _, response = require("auth0").management.clients.list { per_page = 1 }
local domain = response.url:match "^(.-)/api/v2/"
local own
for _, client in ipairs(auth0.management.getClients { per_page = 100, is_global = false }) do
  if client.name == "luath" then own = client end
end

local authentication = auth0.AuthenticationClient {
  domain = domain, clientId = own.client_id, clientSecret = own.client_secret,
}
local token = authentication.clientCredentialsGrant { audience = domain .. "/api/v2/" }
assert(token.access_token and token.token_type == "Bearer")

local management = auth0.ManagementClient { domain = domain, token = token.access_token }
assert(#management.getUsers { per_page = 2 } == 2)

management = auth0.ManagementClient {
  domain = domain, clientId = own.client_id, clientSecret = own.client_secret, includeResponseHeaders = true,
}
local users = management.users:getAll { per_page = 2 }
assert(#users.data == 2 and users.headers["content-type"]:find "json", "a colon works as well")
