# What both halves of the distiller share: names in snake_case, and one field with its defaults left out.
import re


def snake(name):
    """An underscore before a capital that follows a lowercase letter or digit, then lower case."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def prune(line):
    """Drops what says nothing: None, and empty lists and tables."""
    return {k: v for k, v in line.items() if v is not None and v != [] and v != {}}


def type_name(name, values):
    """A type as the catalog writes it; the values of an enumeration are collected in `values`."""
    if name.startswith("enum:"):
        return "string"
    if name.startswith('"'):
        values.append(name.strip('"'))
        return "string"
    return name


def field(fact):
    values = list(fact.get("enum", []))
    kind = {"integer": "number"}.get(fact["type"], fact["type"])
    items = fact.get("items")
    items = type_name(items, values) if items else None
    ref = fact.get("ref")
    alternatives = list(dict.fromkeys(fact.get("anyOf", [])))
    return prune({
        "name": fact["name"],
        "type": None if kind == "string" else kind,
        "items": None if items == ref else items,
        "ref": ref,
        "anyOf": alternatives,
        "values": values,
        "required": fact.get("required") or None,
        "nullable": fact.get("nullable") or None,
        "minimum": fact.get("minimum"),
        "maximum": fact.get("maximum"),
        "minLength": fact.get("minLength"),
        "maxLength": fact.get("maxLength"),
        "wireName": fact.get("wire"),
    })
