-- Offline access: each refresh brings a new refresh token, and one that was revoked is refused.
local authentication = require("auth0").authentication
local user = { email = "eve@example.com", password = "Correct-horse-1", connection = "Username-Password-Authentication" }
assert(authentication.database.sign_up(user).id)
local first = authentication.oauth.password_grant {
  username = user.email, password = user.password, scope = "openid offline_access",
}
local second = authentication.oauth.refresh_token_grant { refresh_token = first.refresh_token }
assert(second.id_token and second.refresh_token ~= first.refresh_token)

local function refused(token)
  local ok, problem = pcall(authentication.oauth.refresh_token_grant, { refresh_token = token })
  return not ok and problem.code == "invalid_grant" and not tostring(problem):find(token, 1, true)
end
assert(refused(first.refresh_token), "a refresh token is good once")
authentication.oauth.revoke_refresh_token { token = second.refresh_token }
assert(refused(second.refresh_token), "a revoked token is good for nothing")
