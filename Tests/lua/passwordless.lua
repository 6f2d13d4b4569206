-- Login by a code sent to an e-mail address or a phone; the demo tenant's code is always 000000.
local auth0 = require "auth0"
local passwordless = auth0.authentication.passwordless

passwordless.send_email { email = "new@example.com", send = "code" }
local ok, problem = pcall(passwordless.login_with_email, { email = "new@example.com", code = "111111" })
assert(not ok and problem.code == "invalid_grant", "a wrong code")
local tokens = passwordless.login_with_email { email = "new@example.com", code = "000000", scope = "openid email" }
local me = auth0.userinfo.get_user_info(tokens.access_token)
assert(me.email == "new@example.com" and me.sub:find("^email|"))

passwordless.send_sms { phone_number = "+15550100" }
local phone = passwordless.login_with_sms { phone_number = "+15550100", code = "000000" }
assert(auth0.userinfo.get_user_info(phone.access_token).sub:find("^sms|"))
local again = pcall(passwordless.login_with_sms, { phone_number = "+15550100", code = "000000" })
assert(not again, "a code is good once")
