# The Authentication and UserInfo APIs: what the SDK has, and, under names of our own, what it lacks.
from names import field, prune, snake
from secret_fields import secret_paths

TOKEN = "/oauth/token"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# Of the errors that the facts list for polling, those that mean: ask again (RFC 8628 section 3.5).
WAITING = ["authorization_pending", "slow_down"]
CLIENT_FIELDS = [
    {"name": "client_id"},
    {"name": "client_secret"},
    {"name": "client_assertion"},
    {"name": "client_assertion_type", "values": [ASSERTION_TYPE]},
]


def text(*names):
    """Fields of type string; a `?` marks an optional one."""
    return [{"name": n.rstrip("?"), "type": "string", "required": not n.endswith("?")} for n in names]


def shape(*names, **types):
    fields = text(*names) + [{"name": n, "type": t, "required": False} for n, t in types.items()]
    return {"kind": "object", "props": fields, "additional": "any"}


# Answers that the facts describe in prose only.
AUTHENTICATION_SHAPES = {
    "TokenSet": shape("access_token", "token_type", "refresh_token?", "id_token?", "scope?", "recovery_code?",
                      expires_in="number", authorization_details="array"),
    "UserInfo": shape("sub", "name?", "given_name?", "family_name?", "middle_name?", "nickname?",
                      "preferred_username?", "profile?", "picture?", "website?", "email?", "gender?", "birthdate?",
                      "zoneinfo?", "locale?", "phone_number?", "updated_at?", email_verified="boolean",
                      phone_number_verified="boolean", address="map"),
    "SignUp": shape("id", "email", "username?", "given_name?", "family_name?", "name?", "nickname?", "picture?",
                    email_verified="boolean", user_metadata="map"),
    "PushedAuthorization": shape("request_uri", expires_in="number"),
    "BackchannelAuthorization": shape("auth_req_id", expires_in="number", interval="number"),
    "DeviceAuthorization": shape("device_code", "user_code", "verification_uri", "verification_uri_complete?",
                                 expires_in="number", interval="number"),
    "MFAChallenge": shape("challenge_type", "oob_code?", "binding_method?"),
    "MFAAssociation": shape("authenticator_type", "secret?", "barcode_uri?", "oob_code?", "oob_channel?",
                            "binding_method?", recovery_codes="array"),
    "MFAAuthenticator": shape("id", "authenticator_type", "oob_channel?", "name?", active="boolean"),
    "RegisteredClient": shape("client_id", "client_secret?", "client_name?", redirect_uris="array",
                              client_secret_expires_at="number"),
    "PasskeyChallenge": shape("auth_session", authn_params_public_key="map"),
}

ANSWERS = {
    "database.signUp": "SignUp",
    "oauth.pushedAuthorization": "PushedAuthorization",
    "backchannel.authorize": "BackchannelAuthorization",
}

# What the SDK lacks: name -> where its facts are, who authenticates (`client`, `id`, a bearer argument, or nobody),
# and its answer. `oas` is verb and path in oasOperations, `grant` a name in tokenGrantsOas, `flow` one in tokenGrantsAll.
LACKING = {
    "mfa.challenge": dict(oas="POST /mfa/challenge", who="client", answer="MFAChallenge"),
    "mfa.associate": dict(oas="POST /mfa/associate", bearer="mfa_token", who="client", answer="MFAAssociation"),
    "mfa.authenticators.list": dict(oas="GET /mfa/authenticators", bearer="mfa_token",
                                    answer="array<MFAAuthenticator>"),
    "mfa.authenticators.delete": dict(oas="DELETE /mfa/authenticators/{id}", bearer="mfa_token"),
    "mfa.verify_otp": dict(grant="MfaOtpGrant"),
    "mfa.verify_oob": dict(grant="MfaOobGrant", poll=WAITING),
    "mfa.verify_recovery_code": dict(grant="MfaRecoveryCodeGrant"),
    "device.authorize": dict(oas="POST /oauth/device/code", who="client", answer="DeviceAuthorization"),
    "oauth.device_code_grant": dict(flow="device poll"),
    "oauth.jwt_bearer_grant": dict(flow="cross-app access (ID-JAG)", confidential=True),
    "oauth.passkey_grant": dict(flow="passkey", encoding="json"),
    "token_exchange.on_behalf_of": dict(flow="on-behalf-of", confidential=True),
    "token_exchange.native_social": dict(flow="native social"),
    "oauth.authorize_url": dict(oas="GET /authorize", who="id", url=True, open=True),
    "oauth.logout_url": dict(oas="GET /v2/logout", who="id", url=True),
    "oidc.logout_url": dict(oas="GET /oidc/logout", who="id", url=True, open=True),
    "oidc.register": dict(oas="POST /oidc/register", answer="RegisteredClient", open=True),
    "oauth.global_token_revocation": dict(
        oas="POST /oauth/global-token-revocation/connection/{connection_name}", bearer="token", open=True),
    "passwordless.verify": dict(oas="POST /passwordless/verify", who="id", answer="TokenSet"),
    "passkey.challenge": dict(page="passkey/challenge", who="client", answer="PasskeyChallenge"),
    "passkey.register": dict(page="passkey/register", who="client", answer="PasskeyChallenge"),
    "saml.get_metadata": dict(oas="GET /samlp/metadata/{clientId}", answer="text"),
    "saml.login_url": dict(oas="GET /samlp/{clientId}", url=True, open=True, no_body=True),
    "ws_federation.get_metadata": dict(oas="GET /wsfed/FederationMetadata/2007-06/FederationMetadata.xml",
                                       answer="text"),
    "ws_federation.login_url": dict(oas="GET /wsfed/{clientId}", url=True, open=True),
    "well_known.openid_configuration": dict(at="/.well-known/openid-configuration", answer="map<any>"),
    "well_known.jwks": dict(at="/.well-known/jwks.json", answer="map<any>"),
    # Legacy endpoints: off for tenants of recent years, and gone in some.
    "legacy.social_access_token": dict(oas="POST /oauth/access_token", who="id", answer="TokenSet"),
    "legacy.resource_owner": dict(oas="POST /oauth/ro", who="id", answer="TokenSet"),
    "legacy.token_info": dict(oas="POST /tokeninfo", answer="map<any>"),
    "legacy.delegation": dict(oas="POST /delegation", who="id", answer="map<any>"),
    "legacy.impersonate": dict(oas="POST /users/{user_id}/impersonate", bearer="access_token", who="id",
                               answer="text"),
    "legacy.unlink": dict(oas="POST /login/unlink", bearer="access_token", open=True),
}
# Left out: POST /login/callback and POST /samlp/{client_id}/logout. A browser carries an XML message from an identity
# provider to them; no script can make one.


def client(who, confidential=False, mtls=False):
    if who is None:
        return None
    return prune({
        "required": confidential or None,
        "credentials": who == "client" or None,
        "mtlsHost": mtls or None,
    }) or {"id": True}


def sdk_operation(entry, shapes):
    fields, seen = [], set()
    for fact in entry["params"]:
        if fact["name"] == "*" or fact["name"] in seen:
            continue
        seen.add(fact["name"])
        made = field(fact)
        if fact["name"] == "client_id":
            made.pop("required", None)  # The client's own id fills it in.
        if fact["name"] == "userId":
            made["wireEncoding"] = "iss_sub"
        fields.append(made)
    fixed = dict(entry.get("fixedBody", {}))
    name = snake(entry["sdk"])
    when = None
    if name == "oauth.password_grant":
        when = {"realm": {"grant_type": "http://auth0.com/oauth/grant-type/password-realm"}}
        fixed["grant_type"] = "password"
    auth = entry["clientAuth"]
    body = prune({
        "encoding": "form" if "form" in entry["contentType"] else None,
        "required": any(f.get("required") for f in fields) or None,
        "fields": fields,
        "open": any(f["name"] == "*" for f in entry["params"]) or None,
        "fixed": fixed,
        "fixedWhen": when,
        "defaults": {f["name"]: f["default"] for f in entry["params"] if f.get("default")},
        "copies": {"request_expiry": "requested_expiry"} if "request_expiry" in seen else None,
    })
    response = ANSWERS.get(entry["sdk"])
    if response is None and entry["path"] == TOKEN:
        response = "TokenSet"
    if entry["response"] == "text":
        response = "text"
    return prune({
        "name": name, "verb": entry["verb"], "path": entry["path"], "body": body,
        "success": [201] if entry["path"] == "/oauth/par" else [200],
        "response": response,
        "client": client("client" if auth["required"] else "id", auth["required"], entry.get("mtlsHost")),
        "idToken": entry.get("idTokenValidated") or None,
        "pollErrors": [e for e in entry.get("pollErrors", []) if e in WAITING],
        "secrets": secret_paths(body, response, shapes),
    })


def with_client(fields, who):
    """Client fields are optional: the client's own settings fill them in."""
    names = {f["name"] for f in CLIENT_FIELDS}
    own = [f for f in fields if f["name"] not in names]
    return own + (CLIENT_FIELDS if who == "client" else CLIENT_FIELDS[:1] if who == "id" else [])


def flow_body(facts):
    """Fields and fixed values out of strings such as `scope?`, `name=value` and `authn_response{...}`."""
    fields, fixed = [], {"grant_type": facts["grant_type"]}
    for part in facts["body"]:
        if " " in part:
            continue
        if "=" in part:
            key, value = part.split("=", 1)
            fixed[key] = value
            continue
        kind = "object" if "{" in part else None
        name = part.split("{")[0]
        if name == "user_profile?":
            kind = None
        fields.append(prune({"name": name.rstrip("?"), "type": kind, "required": not name.endswith("?") or None}))
    return fields, fixed


def page_field(text_form):
    name, kind = text_form.removeprefix("body:").rsplit(":", 1)
    return prune({"name": name.rstrip("?"), "type": None if kind == "string" else kind,
                  "required": not name.endswith("?") or None})


def lacking_operation(name, facts, spec, shapes):
    who, parameters, query, fields, fixed = spec.get("who"), [], [], [], {}
    encoding, deprecated, success = spec.get("encoding"), None, [200]
    has_body = False
    if "grant" in spec:
        grant = next(g for g in facts["tokenGrantsOas"] if g["name"] == spec["grant"])
        verb, path, who, has_body = "POST", TOKEN, "client", True
        fields, fixed = [field(p) for p in grant["props"] if p["name"] != "grant_type"], {"grant_type": grant["grant_type"]}
    elif "flow" in spec:
        flow = next(g for g in facts["tokenGrantsAll"] if g["flow"] == spec["flow"])
        verb, path, who, has_body = "POST", TOKEN, "client", True
        fields, fixed = flow_body(flow)
        spec = {"poll": flow.get("pollErrors"), **spec}
    elif "page" in spec:
        page = next(p for p in facts["docsPages"] if p["page"] == spec["page"])
        verb, path, encoding, has_body = page["verb"], page["path"], "json", True
        made = [page_field(p) for p in page["params"] if p.startswith("body:")]
        nested = [f["name"] for f in made].index("user_profile") if any(f["name"] == "user_profile" for f in made) else None
        fields = made if nested is None else made[:nested + 1]
    elif "at" in spec:
        verb, path = "GET", spec["at"]
    else:
        verb, path = spec["oas"].split(" ")
        oas = next(o for o in facts["oasOperations"] if f"{o['verb']} {o['path']}" == spec["oas"])
        deprecated = oas.get("deprecated") or None
        success = [int(s) for s in oas["success"]]
        in_path = [s[1:-1] for s in path.split("/") if s.startswith("{")]
        parameters = [{"name": n} for n in in_path]
        query = [field(p) for p in oas["params"] if p["in"] == "query"]
        encoding = "form" if (oas.get("contentTypes") or [""])[0].endswith("urlencoded") else "json"
        has_body = verb == "POST"
        fields = [field(p) for p in oas.get("body", []) if p["name"] != "grant_type"]
        fixed = {p["name"]: p["enum"][0] for p in oas.get("body", []) if p["name"] == "grant_type" and "enum" in p}
        if has_body and any(p["name"] == "grant_type" and "enum" not in p for p in oas.get("body", [])):
            fields.append({"name": "grant_type", "required": True})
    if name == "mfa.challenge":
        # The page says optional, and a list separated by spaces.
        fields = [{"name": f["name"]} if f["name"] == "challenge_type" else f for f in fields]
    if name in ("mfa.associate", "oidc.register"):
        fields = [{**f, "items": "string"} if f.get("type") == "array" else f for f in fields]
    if name == "oauth.authorize_url":
        # A pushed request holds everything but the client's id (RFC 9126 section 4).
        query = [{**f, "replacedBy": "request_uri"} if f["name"] == "response_type" else f for f in query]
        query.append({"name": "request_uri"})
    if spec.get("url"):
        # A flag: the API looks for the name alone.
        query = [{**f, "type": "boolean"} if f["name"] == "federated" else f for f in query]
    fields = with_client(fields, who) if has_body else []
    query = with_client(query, who) if query else []
    body = prune({
        "encoding": "form" if (encoding or "form") == "form" else None,
        "required": any(f.get("required") for f in fields) or None,
        "fields": fields, "open": spec.get("open"), "fixed": fixed,
    }) if has_body and not spec.get("no_body") else None
    response = spec.get("answer") or ("TokenSet" if path == TOKEN else None)
    return prune({
        "name": name, "verb": verb, "path": path, "parameters": parameters,
        "bearer": spec.get("bearer"), "query": query,
        "openQuery": spec.get("open") if not has_body else None,
        "body": body, "success": success, "response": None if spec.get("url") else response,
        "inSDK": False, "deprecated": deprecated, "url": spec.get("url"),
        "client": client(who, spec.get("confidential", False), path == TOKEN),
        "idToken": True if path == TOKEN and "mfa" not in name else None,
        "pollErrors": [e for e in spec.get("poll") or [] if e in WAITING],
        "secrets": secret_paths(body, response, shapes),
    })


def authentication_operations(facts, shapes):
    known = [sdk_operation(o, shapes) for o in facts["operations"]]
    return known + [lacking_operation(n, facts, spec, shapes) for n, spec in LACKING.items()]


def userinfo_operations(facts):
    entry = facts["userInfo"][0]
    return [{"name": snake(entry["sdk"].split(".")[1]), "verb": entry["verb"], "path": entry["path"],
             "bearer": "access_token", "success": [200], "response": "UserInfo"}]
