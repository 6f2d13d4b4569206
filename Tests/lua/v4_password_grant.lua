-- Tokens by a password and by the client's own credentials, under the names of generation 4.
local auth0 = require "auth0.v4"

local connection = "Username-Password-Authentication"
auth0.management.users.create { email = "old@example.com", password = "Correct-Horse-7", connection = connection }
local tokens = auth0.authentication.oauth.passwordGrant {
  username = "old@example.com", password = "Correct-Horse-7", scope = "openid",
}
assert(tokens.status == 200 and tokens.data.access_token, "a token for the user")
local profile = auth0.userinfo.getUserInfo(tokens.data.access_token)
assert(profile.data.email == "old@example.com" or profile.data.sub, "whose token it is")

local ok, problem = pcall(auth0.authentication.oauth.passwordGrant, {
  username = "old@example.com", password = "wrong",
})
assert(not ok and problem.name == "AuthApiError" and problem.statusCode == 403, tostring(problem))
assert(problem.error == "invalid_grant" and problem.error_description == problem.message)
