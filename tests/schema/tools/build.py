"""Builds bodies with generated types: `build.py MODULE PARSE < bodies`; prints which it took.

PARSE is what a type is read with: `from_json` (openapi-generator), `model_validate` (pydantic), `from_dict` (openapi-python-client).
"""
import importlib
import json
import sys

module = importlib.import_module(sys.argv[1])


def takes(name, body):
    kind = getattr(module, name, None)
    if kind is None:
        # A union has no type of its own: one of its variants takes the body.
        kinds = [getattr(module, other) for other in dir(module) if other.startswith(name + "From")]
    else:
        kinds = [kind]
    for kind in kinds:
        try:
            parse = getattr(kind, sys.argv[2])
            parse(json.dumps(body) if sys.argv[2] == "from_json" else dict(body))
            return True
        except (ValueError, TypeError, KeyError):
            continue
    return False


print(json.dumps([takes(name, body) for name, body in json.load(sys.stdin)]))
