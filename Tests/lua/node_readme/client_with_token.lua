-- A client with a token; what the tenant refuses is raised.
local auth0 = require "auth0"
local domain = os.getenv "AUTH0_DOMAIN"

local authentication = auth0.AuthenticationClient {
  domain = domain, client_id = os.getenv "AUTH0_CLIENT_ID", client_secret = os.getenv "AUTH0_CLIENT_SECRET",
}
local tokens = authentication.oauth.client_credentials_grant { audience = domain .. "/api/v2/" }
assert(tokens.token_type == "Bearer" and tokens.expires_in > 0)

local management = auth0.ManagementClient { domain = domain, token = tokens.access_token }
assert(management.clients.list().total > 40, "applications")

local stranger = auth0.ManagementClient { domain = domain, token = "not-a-token" }
local ok, problem = pcall(stranger.clients.list)
assert(not ok and problem.name == "UnauthorizedError" and problem.status_code == 401, tostring(problem))
assert(problem.attempts == 1, "a token that was given cannot be renewed")
