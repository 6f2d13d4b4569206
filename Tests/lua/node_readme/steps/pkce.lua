-- The authorization code flow with PKCE: first the URL to visit, then, with the code that came back, the tokens.
local auth0 = require "auth0"
local redirect_uri, login_hint, code, verifier = ...

local authentication = auth0.AuthenticationClient {
  domain = os.getenv "AUTH0_DOMAIN", client_id = os.getenv "AUTH0_CLIENT_ID",
  client_secret = os.getenv "AUTH0_CLIENT_SECRET",
}

if not code then
  local pkce = auth0.pkce()
  print(authentication.oauth.authorize_url {
    response_type = "code", redirect_uri = redirect_uri, scope = "openid profile email", state = "state 1",
    nonce = "nonce 1", max_age = 3600, login_hint = login_hint, code_challenge = pkce.code_challenge,
    code_challenge_method = pkce.code_challenge_method,
  })
  print(pkce.code_verifier)
  return
end

local request = { code = code, code_verifier = verifier, redirect_uri = redirect_uri }
local tokens = authentication.oauth.authorization_code_grant_with_pkce(
  request, { id_token_validate_options = { nonce = "nonce 1", max_age = 3600 } })
assert(tokens.access_token and tokens.id_token and tokens.token_type == "Bearer")
assert(auth0.userinfo.get_user_info(tokens.access_token).email == login_hint)

local ok, problem = pcall(authentication.oauth.authorization_code_grant_with_pkce, request)
assert(not ok and problem.code == "invalid_grant", "a code is good for one exchange: " .. tostring(problem))
