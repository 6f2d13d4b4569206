-- A device asks for a code and waits until its person has confirmed; the demo's person does after one question.
local auth0 = require "auth0"
local authentication = auth0.authentication
local device = authentication.device.authorize { scope = "openid profile" }
assert(device.user_code and device.verification_uri_complete:find(device.user_code, 1, true))

local ok, problem = pcall(authentication.oauth.device_code_grant, { device_code = device.device_code })
assert(not ok and problem.code == "authorization_pending" and problem.kind == "api")

device = authentication.device.authorize { scope = "openid profile" }
local tokens, response =
  authentication.oauth.device_code_grant({ device_code = device.device_code }, { poll_interval = 0.01, deadline = 30 })
assert(tokens.id_token and response.attempts == 2)
assert(auth0.userinfo.get_user_info(tokens.access_token).name)

ok, problem = pcall(authentication.oauth.password_grant, { username = "a", password = "b" }, { poll_interval = 1 })
assert(not ok and problem.kind == "argument" and problem.message:find("poll_interval", 1, true))
