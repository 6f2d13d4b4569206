-- A user with a second factor: the refusal brings the token that the factor goes with.
local auth0 = require "auth0"
local authentication, mfa = auth0.authentication, auth0.authentication.mfa
auth0.management.users.create {
  connection = "Username-Password-Authentication", email = "mo@example.com", password = "Correct-horse-1",
  app_metadata = { mfa = true },
}
local function sign_in()
  local request = { username = "mo@example.com", password = "Correct-horse-1", scope = "openid" }
  local ok, problem = pcall(authentication.oauth.password_grant, request)
  assert(not ok and problem.code == "mfa_required" and problem.status_code == 403)
  return problem.body.mfa_token
end

local token = sign_in()
assert(#mfa.authenticators.list(token) == 3)
local ok, problem = pcall(mfa.verify_otp, { mfa_token = token, otp = "123456" })
assert(not ok and problem.code == "invalid_grant")
assert(mfa.verify_otp({ mfa_token = token, otp = "000000" }).id_token)

token = sign_in()
local challenge = mfa.challenge { mfa_token = token, challenge_type = "oob", authenticator_id = "sms|dev_demo" }
assert(challenge.binding_method == "prompt")
assert(mfa.verify_oob { mfa_token = token, oob_code = challenge.oob_code, binding_code = "000000" }.access_token)
assert(mfa.verify_recovery_code({ mfa_token = sign_in(), recovery_code = "DEMORECOVERYCODE0000000" }).recovery_code)

token = sign_in()
local added = mfa.associate(token, { authenticator_types = { "otp" } })
assert(added.secret and #mfa.authenticators.list(token) == 4)
ok, problem = pcall(mfa.authenticators.delete, token, "sms|dev_demo")
assert(not ok and problem.kind == "permission", "deleting needs --allow-delete")
