-- A user logs in with a password, and is refused with a wrong one.
local auth0 = require "auth0"
local id, email = os.getenv "AUTH0_CLIENT_ID", "password.grant@example.com"
auth0.management.users.create {
  connection = "Username-Password-Authentication", email = email, password = "Correct-Horse-9",
}

local authentication = auth0.AuthenticationClient {
  domain = os.getenv "AUTH0_DOMAIN", client_id = id, client_secret = os.getenv "AUTH0_CLIENT_SECRET",
}
local tokens, response = authentication.oauth.password_grant {
  username = email, password = "Correct-Horse-9", scope = "openid email",
}
assert(tokens.access_token and tokens.id_token and tokens.token_type == "Bearer" and response.status == 200)

local ok, problem = pcall(authentication.oauth.password_grant, { username = email, password = "wrong" })
assert(not ok and problem.name == "AuthApiError" and problem.status_code == 403, tostring(problem))
assert(problem.code == "invalid_grant" and problem.message == "Wrong email or password.", tostring(problem))
assert(problem.body.error == "invalid_grant" and not tostring(problem):find "Correct")
