-- Applications that register themselves, and what a tenant says that it has.
local auth0 = require "auth0"
local authentication = auth0.authentication
local made = authentication.oidc.register {
  client_name = "Kiosk 7", redirect_uris = { "https://kiosk.example.com/cb" }, token_endpoint_auth_method = "none",
}
assert(auth0.management.clients.get(made.client_id).name == "Kiosk 7" and made.client_secret == nil)
local configuration = authentication.well_known.openid_configuration()
assert(configuration.authorization_endpoint == configuration.issuer .. "authorize")
assert(#authentication.well_known.jwks().keys == 1)
assert(authentication.database.change_password {
  email = "nobody@example.com", connection = "Username-Password-Authentication",
}:find("email", 1, true))
local user = { email = "twice@example.com", password = "Correct-horse-1", connection = "Username-Password-Authentication" }
authentication.database.sign_up(user)
local ok, problem = pcall(authentication.database.sign_up, user)
assert(not ok and problem.code == "user_exists" and problem.message == "The user already exists.")
