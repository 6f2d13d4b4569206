-- A login that the user confirms on another device (CIBA).
local auth0 = require "auth0"
local backchannel = auth0.authentication.backchannel
local user = auth0.management.users.create {
  connection = "Username-Password-Authentication", email = "bo@example.com", password = "Correct-horse-1",
}
local request = backchannel.authorize { userId = user.user_id, binding_message = "A-17", scope = "openid" }
assert(request.auth_req_id and request.interval == 5)
local tokens, response = backchannel.backchannel_grant({ auth_req_id = request.auth_req_id }, { poll_interval = 0.01 })
assert(response.attempts == 2 and auth0.userinfo.get_user_info(tokens.access_token).sub == user.user_id)
