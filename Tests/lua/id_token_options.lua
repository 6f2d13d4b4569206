-- What a call expects of an ID token is checked before the script sees any token.
local auth0 = require "auth0"
local grant = auth0.authentication.oauth.password_grant
auth0.management.users.create {
  connection = "Username-Password-Authentication", email = "id@example.com", password = "Correct-horse-1",
}
local function expecting(options)
  return pcall(grant, { username = "id@example.com", password = "Correct-horse-1", scope = "openid" },
    { id_token_validate_options = options })
end
assert(expecting {})
for claim, options in pairs {
  nonce = { nonce = "n" }, org_id = { organization = "org_1" }, org_name = { organization = "acme" },
  auth_time = { max_age = 60 },
} do
  local ok, problem = expecting(options)
  assert(not ok and problem.name == "IdTokenValidatorError" and problem.message:find(claim, 1, true), claim)
end
for _, options in ipairs { { nonse = "n" }, { nonce = 1 }, { max_age = "x" }, 7 } do
  local ok, problem = expecting(options)
  assert(not ok and problem.kind == "argument")
end
local ok, problem = pcall(auth0.management.users.get, "x", nil, { id_token_validate_options = {} })
assert(not ok and problem.message:find("not for this operation", 1, true))
