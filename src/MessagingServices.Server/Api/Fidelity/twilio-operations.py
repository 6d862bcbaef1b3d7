#!/usr/bin/env python3
"""Writes twilio-operations.txt from Twilio's public OpenAPI specifications.

usage: git clone https://github.com/twilio/twilio-oai && git -C twilio-oai checkout d50069b4
       python3 twilio-operations.py twilio-oai/spec/json
"""

import json
import pathlib
import sys

# Other specifications of these products, such as monitor_v2, are in twilio-products.txt.
SPECIFICATIONS = ["accounts_v1", "api_v2010", "content_v1", "content_v2", "conversations_v1", "iam_v1", "messaging_v1",
                  "messaging_v2", "messaging_v3", "monitor_v1"]
METHODS = ["get", "post", "put", "patch", "delete"]
HERE = pathlib.Path(__file__).parent


def resolve(specification, node):
    while "$ref" in node:
        target = specification
        for key in node["$ref"].lstrip("#/").split("/"):
            target = target[key]
        node = target
    return node


def properties(specification, schema):
    schema = resolve(specification, schema)
    for part in schema.get("allOf", []) + schema.get("oneOf", []) + schema.get("anyOf", []):
        yield from properties(specification, part)
    yield from schema.get("properties", {})


def parameters(specification, path, operation):
    for declared in path.get("parameters", []) + operation.get("parameters", []):
        declared = resolve(specification, declared)
        if declared["in"] != "path":
            yield declared["name"]
    content = resolve(specification, operation.get("requestBody", {})).get("content", {})
    for body in content.values():
        yield from properties(specification, body["schema"])


def operations(product, specification):
    for path, declared in specification["paths"].items():
        for method in METHODS:
            if method in declared:
                names = dict.fromkeys(parameters(specification, declared, declared[method]))
                identity = [product, method.upper(), path, declared[method]["operationId"]]
                yield path, METHODS.index(method), " ".join([*identity, *names])


def main(folder):
    rows = []
    for name in SPECIFICATIONS:
        product = name.split("_")[0]
        specification = json.loads((pathlib.Path(folder) / f"twilio_{name}.json").read_text())
        rows += [(product, *row) for row in operations(product, specification)]
    head = ("# Made by twilio-operations.py. One operation a line: product, method, path, operationId, "
            "names of parameters.\n")
    text = "".join(row[-1] + "\n" for row in sorted(rows))
    (HERE / "twilio-operations.txt").write_text(head + text)


main(sys.argv[1])
