# Names of two older generations of the SDK: which of our operations each one is, and how its arguments were given.
import re
import sys

from names import prune, snake

OPENID = {"scope": "openid"}
MAIL = {"username": "email", "otp": "code", "password": "code"}
PHONE = {"username": "phone_number", "phoneNumber": "phone_number", "otp": "code", "password": "code"}

# How bodies were spelled in generation 2.
BODIES = {
    "importUsers": {"renames": {"users_json": "users"}},
    "importUsersJob": {"renames": {"users_json": "users"}},
    "requestMagicLink": {"sets": {"send": "link"}},
    "requestEmailCode": {"sets": {"send": "code"}},
    "verifyEmailCode": {"renames": MAIL, "defaults": OPENID},
    "requestSMSCode": {"renames": {"phoneNumber": "phone_number"}},
    "verifySMSCode": {"renames": PHONE, "defaults": OPENID},
    "signIn": {
        "when": [
            {"values": {"realm": "email"}, "operation": "authentication/passwordless.login_with_email",
             "renames": MAIL},
            {"values": {"realm": "sms"}, "operation": "authentication/passwordless.login_with_sms", "renames": PHONE},
        ],
        "defaults": OPENID,
    },
}

# What to use in place of a name that no operation answers to any more.
DELETE_ALL = ("Auth0 has no call that deletes all users; collect the ids with auth0.all_users, then call "
              "management.users.delete for each, with --allow-delete")
BLACKLIST = ("end what the token came from with management.sessions.revoke or management.refresh_tokens.delete; "
             "management.request reaches the old endpoint, /blacklists/tokens, where a tenant still has it")
MIGRATIONS = "the migration flags are settings of the tenant now: management.tenants.settings.update { flags = … }"
DELEGATION = ("ask for another token with authentication.oauth.refresh_token_grant or "
              "authentication.token_exchange.exchange_token; authentication.legacy.delegation calls the old endpoint "
              "where a tenant still has it")
RESOURCE_OWNER = ("use authentication.oauth.password_grant with the connection's name as realm; "
                  "authentication.legacy.resource_owner calls the old endpoint where a tenant still has it")
TOKENSETS = "the SDK dropped it and the API has it: management.users.federated_connections_tokensets."
INSTEAD = {
    "deleteAllUsers": DELETE_ALL,
    "users.deleteAll": DELETE_ALL,
    "getBlacklistedTokens": BLACKLIST,
    "blacklistToken": BLACKLIST,
    "blacklistedTokens.add": BLACKLIST,
    "blacklistedTokens.getAll": BLACKLIST,
    "blacklists.add": BLACKLIST,
    "blacklists.getAll": BLACKLIST,
    "getMigrations": MIGRATIONS,
    "updateMigrations": MIGRATIONS,
    "migrations.getMigrations": MIGRATIONS,
    "migrations.updateMigrations": MIGRATIONS,
    "actions.createVersion": "management.actions.deploy makes a version of an action and puts it to work",
    "users.deleteTokenset": TOKENSETS + "delete",
    "users.getAllTokensets": TOKENSETS + "list",
    "getAccessToken": ("calls carry the run's token by themselves, and no script sees it; for a token to hand on, call "
                       "authentication.oauth.client_credentials_grant { audience = … }"),
    "getDelegationToken": DELEGATION,
    "tokens.getDelegationToken": DELEGATION,
    "tokens.getInfo": ("userinfo.get_user_info tells whose an access token is; authentication.legacy.token_info calls "
                       "the old endpoint where a tenant still has it"),
    "oauth.signIn": RESOURCE_OWNER,
    "database.signIn": RESOURCE_OWNER,
    "oauth.socialSignIn": ("exchange the provider's token with authentication.token_exchange.native_social; "
                           "authentication.legacy.social_access_token calls the old endpoint where a tenant still has it"),
    "users.impersonate": ("Auth0 has no impersonation any more; authentication.legacy.impersonate calls the old "
                          "endpoint where a tenant still has it"),
}

# The second argument is the value of one property.
WRAPPED = {"updateUserMetadata": "user_metadata", "updateAppMetadata": "app_metadata"}
KINDS = {"params": "params", "requestParameters": "params", "data": "data", "bodyParameters": "data",
         "metadata": "data", "payload": "data", "initOverrides": "overrides"}


def placeholders(path):
    return re.findall(r"\{([^}]*)\}", path)


def management_arguments(generation, fact, operation):
    """The arguments, and what stands in them for something else."""
    last = fact["name"].split(".")[-1]
    first = fact["args"][0] if fact["args"] else ""
    if first == "email":
        return {"text": "email", "arguments": ["params?"]}
    if first == "userId":
        return {"text": "id", "arguments": ["data"]}
    if generation == "v2" and last == "updateCustomTextByLanguage":
        return {"arguments": ["params"], "bodyKey": "body"}
    # Generation 2 took no PATCH and no PUT without its second table.
    needed = (operation.get("body") or {}).get("required") or (generation == "v2" and operation["verb"] in ("PATCH", "PUT"))
    arguments = []
    for argument in fact["args"]:
        kind, optional = KINDS.get(argument.rstrip("?")), argument.endswith("?")
        if kind == "data":
            optional = optional or not needed
        if kind:
            arguments.append(kind + ("?" if optional else ""))
    return {
        "arguments": arguments,
        "wrap": WRAPPED.get(last),
        "bodyKeys": ["update_draft"] if generation == "v2" and last == "deployVersion" else None,
        **(BODIES.get(last, {}) if generation == "v2" else {}),
    }


def cases(entries):
    return [{"values": c["when"], "operation": f"management/{snake(c['v6'])}"} for c in entries]


def management_line(generation, fact, entry, operations):
    key = f"{generation}/management/{fact['name']}"
    if entry is None:
        return {"name": key, "instead": INSTEAD[fact["name"]]}
    # All operations that one name dispatches to have the same verb and the same place for a body.
    dispatch = entry.get("dispatch", [])
    operation = operations[f"management/{snake(entry['v6'] or dispatch[0]['v6'])}"]
    old, new = placeholders(fact["path"]), placeholders(operation["path"])
    if not dispatch and len(old) != len(new):
        sys.exit(f"{key}: {fact['path']} is not {operation['path']}")
    known = {q["name"] for q in operation.get("query", [])}
    return prune({
        "name": key,
        "operation": f"management/{snake(entry['v6'])}" if entry["v6"] else None,
        "when": cases(dispatch),
        **management_arguments(generation, fact, operation),
        "parameters": [old[new.index(p["name"])] for p in operation.get("parameters", [])],
        "aliases": fact.get("paramAliases"),
        "query": sorted(set(fact.get("query", [])) - known),
        "also": cases(entry.get("alsoLiteral", [])),
    })


def authentication_line(generation, fact, entry):
    name = fact["name"].removeprefix("UserInfoClient.")
    key = f"{generation}/{'authentication' if name == fact['name'] else 'userinfo'}/{name}"
    if entry is None:
        return {"name": key, "instead": INSTEAD[name]}
    last = {"v4": ["overrides?"]}.get(generation, ["options?"] if "options?" in fact["args"][1:] else [])
    if entry["v6"].startswith("UserInfoClient."):
        return prune({"name": key, "operation": "userinfo/get_user_info", "text": "access_token", "arguments": last})
    body = BODIES.get(name.split(".")[-1], {}) if generation == "v2" else {}
    operation = None if "when" in body else f"authentication/{snake(entry['v6'])}"
    return prune({"name": key, "operation": operation, "arguments": ["data"] + last, **body})


def legacy_lines(v2, v4, migration, operations):
    """One line for each old name; a name that leads nowhere ends the program.

    `operations` are the lines of the catalog by `api/name`.
    """
    mapped = {("v4" if m["gen"] == "v4" else "v2", m["name"]): m for m in migration["mapped"]}
    signing = {(m["gen"][:2], m["name"]): m for m in migration["authentication"]["mapped"]}
    lines = []
    for generation, facts in (("v2", v2["management"] + v2["managementGrouped"]), ("v4", v4["management"])):
        lines += [management_line(generation, f, mapped.get((generation, f["name"])), operations) for f in facts]
    for generation, facts in (("v2", v2["authentication"]), ("v4", v4["authentication"])):
        lines += [authentication_line(generation, f, signing.get((generation, f["name"]))) for f in facts]
    for line in lines:
        targets = [c["operation"] for c in [line, *line.get("when", []), *line.get("also", [])] if "operation" in c]
        unknown = [t for t in targets if t not in operations]
        if unknown or ("instead" in line) == bool(targets):
            sys.exit(f"{line['name']}: leads to {unknown or 'nothing'}")
    return lines
