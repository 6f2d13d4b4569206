-- An application without credentials says so, and may then do what the protocol lets it.
local auth0 = require "auth0"
local url = auth0.authentication.oauth.logout_url()
local domain = url:match("^(.-)/v2")
local native
for client in auth0.management.clients.list { app_type = "native" } do native = native or client end

local silent = auth0.AuthenticationClient { domain = domain, client_id = native.client_id }
local ok, problem = pcall(silent.oauth.refresh_token_grant, { refresh_token = "x" })
assert(not ok and problem.kind == "config" and problem.hint:find("token_endpoint_auth_method", 1, true))

local public =
  auth0.AuthenticationClient { domain = domain, client_id = native.client_id, token_endpoint_auth_method = "none" }
ok, problem = pcall(public.oauth.refresh_token_grant, { refresh_token = "x" })
assert(not ok and problem.code == "invalid_grant", "the tenant knows the client, and not the token")
ok, problem = pcall(public.oauth.client_credentials_grant, { audience = "x" })
assert(not ok and problem.kind == "config")

for _, options in ipairs {
  { token_endpoint_auth_method = "client_secret_post" }, { token_endpoint_auth_method = "none", client_secret = "x" },
  { client_certificate = "x" }, { use_mtls = "yes" }, { id_token_signing_alg = "none" }, { clock_tolerance = "soon" },
  { id_token_signing_alg = "HS256" }, { use_mtls = true, client_certificate = "x", client_key = "hunter2" },
} do
  options.domain, options.client_id = domain, "x"
  ok, problem = pcall(auth0.AuthenticationClient, options)
  assert(not ok and problem.name and not tostring(problem):find("hunter2", 1, true))
end
