-- URLs for a browser: made here, sent by nobody.
local auth0 = require "auth0"
local oauth, pkce = auth0.authentication.oauth, auth0.pkce()
assert(#pkce.code_verifier == 43 and #pkce.code_challenge == 43 and pkce.code_challenge_method == "S256")
assert(auth0.pkce().code_verifier ~= pkce.code_verifier)
local url = oauth.authorize_url {
  response_type = "code", redirect_uri = "https://app.example.com/cb?a=1", scope = "openid profile", state = "s",
  code_challenge = pkce.code_challenge, code_challenge_method = "S256", ["ext-color"] = "blue",
}
local base, query = url:match("^(http://127%.0%.0%.1:%d+)/authorize%?(.+)$")
for _, part in ipairs {
  "client_id=", "response_type=code", "redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb%3Fa%3D1",
  "scope=openid%20profile", "code_challenge=" .. pkce.code_challenge, "ext-color=blue",
} do
  assert(query:find(part, 1, true), part)
end
local id = query:match("client_id=(%w+)")
assert(oauth.authorize_url { request_uri = "urn:x" } == base .. "/authorize?client_id=" .. id .. "&request_uri=urn%3Ax")
assert(oauth.logout_url { federated = true, returnTo = "https://app.example.com" }
  == base .. "/v2/logout?client_id=" .. id .. "&federated&returnTo=https%3A%2F%2Fapp.example.com")
assert(oauth.logout_url() == base .. "/v2/logout?client_id=" .. id)
assert(auth0.authentication.oidc.logout_url { post_logout_redirect_uri = "https://a.b", logout_hint = "x" }
  == base .. "/oidc/logout?client_id=" .. id .. "&logout_hint=x&post_logout_redirect_uri=https%3A%2F%2Fa.b")
assert(auth0.authentication.saml.login_url("abc", { connection = "x" }) == base .. "/samlp/abc?connection=x")
assert(auth0.authentication.ws_federation.login_url("abc", { wtrealm = "urn:a" }) == base .. "/wsfed/abc?wtrealm=urn%3Aa")

local function refused(...)
  local ok, problem = pcall(...)
  return not ok and problem.kind == "argument"
end
assert(refused(oauth.authorize_url, { scope = "openid" }), "response_type is missing")
assert(refused(oauth.authorize_url, { response_type = "cod" }), "a value that there is not")
assert(refused(oauth.authorize_url, { response_type = "code", scope = { "openid" } }), "a table")
assert(refused(oauth.logout_url, { return_to = "https://a.b" }), "a name that there is not")
