-- A refresh token gives new access tokens until it is revoked.
local auth0 = require "auth0"
local email = "refresh.token@example.com"
auth0.management.users.create {
  connection = "Username-Password-Authentication", email = email, password = "Correct-Horse-9",
}

local authentication = auth0.AuthenticationClient {
  domain = os.getenv "AUTH0_DOMAIN", client_id = os.getenv "AUTH0_CLIENT_ID",
  client_secret = os.getenv "AUTH0_CLIENT_SECRET",
}
local first = authentication.oauth.password_grant {
  username = email, password = "Correct-Horse-9", scope = "openid offline_access",
}
local second = authentication.oauth.refresh_token_grant { refresh_token = first.refresh_token }
assert(second.access_token and second.access_token ~= first.refresh_token)

authentication.oauth.revoke_refresh_token { token = second.refresh_token or first.refresh_token }
local ok, problem = pcall(authentication.oauth.refresh_token_grant, {
  refresh_token = second.refresh_token or first.refresh_token,
})
assert(not ok and problem.name == "AuthApiError" and problem.code == "invalid_grant", tostring(problem))
