-- Who an access token belongs to.
local auth0 = require "auth0"
local domain, email = os.getenv "AUTH0_DOMAIN", "user.info@example.com"

auth0.management.users.create {
  connection = "Username-Password-Authentication", email = email, password = "Correct-Horse-9", nickname = "info",
}
local authentication = auth0.AuthenticationClient {
  domain = domain, client_id = os.getenv "AUTH0_CLIENT_ID", client_secret = os.getenv "AUTH0_CLIENT_SECRET",
}
local tokens = authentication.oauth.password_grant {
  username = email, password = "Correct-Horse-9", scope = "openid profile email",
}

local userinfo = auth0.UserInfoClient { domain = domain }
local profile, response = userinfo.get_user_info(tokens.access_token)
assert(profile.email == email and profile.nickname == "info" and profile.sub:find "^auth0|")
assert(response.status == 200)

local ok, problem = pcall(userinfo.get_user_info, "not-a-token")
assert(not ok and problem.name == "UserInfoError" and problem.status_code == 401, tostring(problem))
