-- A user signs in with a password, and the token says who they are.
local auth0 = require "auth0"
local user = auth0.management.users.create {
  connection = "Username-Password-Authentication", email = "Ada@example.com", password = "Correct-horse-1",
}
local request = { username = "ada@example.com", password = "Correct-horse-1", scope = "openid profile email" }
local tokens, response = auth0.authentication.oauth.password_grant(request)
assert(response.status == 200 and tokens.id_token and tokens.token_type == "Bearer")
local me, answer = auth0.userinfo.get_user_info(tokens.access_token, { headers = { ["X-Trace"] = "1" }, timeout = "5s" })
assert(me.sub == user.user_id and me.email == "ada@example.com" and answer.status == 200)

local domain = auth0.authentication.oauth.logout_url():match("^(.-)/v2")
assert(auth0.UserInfoClient({ domain = domain, timeout = 5 }).get_user_info(tokens.access_token).sub == user.user_id)

request.realm, request.password = "Username-Password-Authentication", "wrong-password"
local ok, problem = pcall(auth0.authentication.oauth.password_grant, request)
assert(not ok and problem.name == "AuthApiError" and problem.code == "invalid_grant" and problem.status_code == 403)
assert(problem.message == "Wrong email or password." and not tostring(problem):find("wrong-password", 1, true))

local refused, reason = pcall(auth0.userinfo.get_user_info, "not-a-token")
assert(not refused and reason.name == "UserInfoError" and reason.status_code == 401 and reason.kind == "api")
