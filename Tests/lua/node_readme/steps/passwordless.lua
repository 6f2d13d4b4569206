-- Login with a code that comes by e-mail: first the code is sent, then it is exchanged for tokens.
local auth0 = require "auth0"
local email, code = ...

local authentication = auth0.AuthenticationClient {
  domain = os.getenv "AUTH0_DOMAIN", client_id = os.getenv "AUTH0_CLIENT_ID",
  client_secret = os.getenv "AUTH0_CLIENT_SECRET",
}

if not code then
  authentication.passwordless.send_email { email = email, send = "code" }
  return
end

local ok, problem = pcall(authentication.passwordless.login_with_email, { email = email, code = "wrong" })
assert(not ok and problem.name == "AuthApiError" and problem.code == "invalid_grant", tostring(problem))

local tokens = authentication.passwordless.login_with_email { email = email, code = code, scope = "openid email" }
assert(tokens.access_token and tokens.id_token)
assert(auth0.userinfo.get_user_info(tokens.access_token).email == email)
