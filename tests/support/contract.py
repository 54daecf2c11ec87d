"""The interfaces as sync/api describes them, and answers held to that: status, kind of content, headers, every member.

In these tests an object has no member that its schema does not name (a reader may meet more: descriptions grow), so what the
platform begins to say fails here until it is described."""
import functools
import json
import pathlib
import re
import subprocess
import urllib.parse

import jsonschema
import yaml

API = pathlib.Path(__file__).resolve().parents[2] / "sync/api"
METHODS = ("get", "put", "post", "delete", "patch")


@functools.cache
def described(name):
    return yaml.load((API / name).read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@functools.cache
def load(name):
    """A description; what it refers to stands in its place."""
    return inlined(described(name), name)


def inlined(node, name):
    if isinstance(node, list):
        return [inlined(n, name) for n in node]
    if not isinstance(node, dict):
        return node
    ref = node.get("$ref", "")
    if not ref:
        return {key: inlined(value, name) for key, value in node.items()}
    file, _, pointer = ref.partition("#")
    file = file or name
    target = described(file)
    for step in pointer.strip("/").split("/"):
        target = target[step.replace("~1", "/").replace("~0", "~")]
    return inlined(target, file)


def closed(schema, is_part=False):
    """The schema that takes nothing besides what it names."""
    if isinstance(schema, list):
        return [closed(s, is_part) for s in schema]
    if not isinstance(schema, dict):
        return schema
    out = {key: closed(value, key in ("allOf", "anyOf")) for key, value in schema.items()}
    if isinstance(out.get("properties"), dict) and "type" in out and "additionalProperties" not in out and not is_part:
        out["additionalProperties"] = False
    if "allOf" in out and "unevaluatedProperties" not in out:
        out["unevaluatedProperties"] = False
    return out


def plain(answer):
    coded = answer.headers.get("Content-Encoding") == "zstd"
    return subprocess.run(["zstd", "-dc"], input=answer.body, capture_output=True, check=True).stdout if coded else answer.body


class Contract:
    def __init__(self, name):
        self.name, self.operations, self.seen = name, {}, set()
        whole = load(name)
        self.schemas = whole["components"]["schemas"]
        for path, item in whole["paths"].items():
            for method in METHODS:
                if method in item:
                    self.operations[method.upper(), path] = item[method]

    def routes(self):
        return set(self.operations)

    def find(self, method, url):
        path = "/" + urllib.parse.urlsplit(url).path.lstrip("/")
        for (known, template), operation in self.operations.items():
            if known == method and re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), path):
                return template, operation
        return None, None

    def judge(self, method, url, answer):
        """Fails when the description does not allow this answer."""
        template, operation = self.find(method, url)
        if not operation:
            return
        told = f"{method} {template} {answer.status}"
        response = operation["responses"].get(str(answer.status)) or operation["responses"].get("default")
        assert response, f"{told}: {self.name} knows no such answer"
        for header, described in response.get("headers", {}).items():
            assert answer.headers.get(header) or not described.get("required"), f"{told}: without {header}"
        self.judge_content(told, response.get("content", {}), answer)
        if answer.status == 200 and "x-holds" in operation:
            self.judge_body(told, self.schemas[operation["x-holds"]], plain(answer))
        self.seen.add((method, template, answer.status))

    def judge_content(self, told, content, answer):
        kind = (answer.headers.get("Content-Type") or "").partition(";")[0]
        if not content:
            assert not answer.body, f"{told}: {self.name} knows no content"
            return
        assert kind in content, f"{told}: {kind or 'no content'} where {self.name} has {', '.join(content)}"
        schema = content[kind].get("schema")
        if not schema or not kind.endswith("json"):
            assert kind == "application/octet-stream" or not kind.endswith("json"), f"{told}: JSON without a schema"
            return
        self.judge_body(told, schema, plain(answer))

    @staticmethod
    def judge_body(told, schema, body):
        faults = jsonschema.Draft202012Validator(closed(schema)).iter_errors(json.loads(body))
        fault = jsonschema.exceptions.best_match(faults)
        assert not fault, f"{told}: {fault.json_path}: {fault.message[:300]}"


class Contracts:
    """Both interfaces of a county, and what of them was seen to be kept."""

    def __init__(self):
        self.kiosks, self.desk = Contract("county-platform.yaml"), Contract("county-desk.yaml")
