-- A user signs up with a database connection.
local auth0 = require "auth0"
local authentication = auth0.AuthenticationClient {
  domain = os.getenv "AUTH0_DOMAIN", client_id = os.getenv "AUTH0_CLIENT_ID",
}
local user = {
  email = "sign.up@example.com", password = "Correct-Horse-9", connection = "Username-Password-Authentication",
}
assert(authentication.database.sign_up(user).email == user.email)
assert(#auth0.management.users.list_users_by_email({ email = user.email }) == 1)

local ok, problem = pcall(authentication.database.sign_up, user)
assert(not ok and problem.name == "AuthApiError" and problem.status_code == 400, tostring(problem))
