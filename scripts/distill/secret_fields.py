# Finds the fields of bodies and answers that hold secrets, so that plans and journals can leave them out.
import re

# Exact names, because "token_lifetime" or "password_policy" must not match.
SECRET_NAMES = re.compile(
    r"^(client_secret|password|password_hash|secret|signing_secret|signing_key|client_assertion|"
    r"(access|refresh|id|auth|mfa|bearer|subject|actor)_token|token|private_key|pkcs8|api_?key|api_secret|app_secret|"
    r"(aws_)?secret_?access_?key|access_?key|accessKey(Secret)?|smtp_pass|twilio_token|auth_token|"
    r"webhook_(secret|token)|basic_auth_password|(datadog|segment|mixpanel)\w*(ApiKey|WriteKey|Secret|Password)|"
    r"(splunk|http)(Token|Authorization)|sumoSourceAddress|cert_?key|recovery_code|otp_secret|totp_secret|"
    r"authorization_header|webhook_authorization|code_verifier|device_code|oob_code|"
    r"azure_cs_connection_string|mandrill_key|service_account_key|server_key|server_credentials|apns_certificate|"
    r"secret_key|secret_base64_encoded|storageAccessKey|sasKey|privateKey|servicePassword|masterkey|cname_api_key|"
    r"access_token_secret|skey|wrapped_key)$",
    re.IGNORECASE)
MAX_DEPTH = 6


def split_type(name):
    """Pieces of a type expression with the step that leads into each: `array<T>` gives ("[]", "T")."""
    for wrapper, step in (("array<", "[]"), ("map<", ".*")):
        if name.startswith(wrapper) and name.endswith(">"):
            return [(step, name[len(wrapper):-1])]
    return [("", part) for part in name.split("|")]


def is_secret(fact, owner):
    if fact.get("type", "string") not in ("string", "any", "union"):
        return False
    # `secrets: [{name, value}]` of actions and their kin.
    return bool(SECRET_NAMES.match(fact["name"])) or (fact["name"] == "value" and "Secret" in owner)


def walk(fields, prefix, owner, shapes, seen, found):
    for fact in fields:
        path = f"{prefix}.{fact['name']}" if prefix else fact["name"]
        if is_secret(fact, owner):
            found.add(path)
            continue
        kind = fact.get("type", "string")
        step = "[]" if kind == "array" else ".*" if kind == "map" else ""
        for target in [fact.get("ref"), fact.get("items"), *fact.get("anyOf", [])]:
            if target:
                walk_type(target, path + step, shapes, seen, found)


def walk_type(name, prefix, shapes, seen, found):
    for step, inner in split_type(name):
        if step:
            walk_type(inner, (prefix + step).lstrip("."), shapes, seen, found)
            continue
        shape = shapes.get(inner)
        if shape is None or inner in seen or len(seen) >= MAX_DEPTH:
            continue
        walk(shape.get("props", []), prefix, inner, shapes, seen | {inner}, found)
        for alternative in shape.get("anyOf", []):
            walk_type(alternative, prefix, shapes, seen | {inner}, found)


def secret_paths(body, response, shapes):
    """Paths such as `client_secret`, `secrets[].value` or `clients[].client_secret`, sorted."""
    found = set()
    if body:
        walk(body.get("fields", []), "", "", shapes, frozenset(), found)
        step = "[]" if body.get("type") == "array" else ""
        for target in [body.get("ref"), body.get("items"), *body.get("anyOf", [])]:
            if target:
                walk_type(target, step, shapes, frozenset(), found)
    if response:
        walk_type(response, "", shapes, frozenset(), found)
    return sorted(found)
