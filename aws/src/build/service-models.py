#!/usr/bin/env python3
"""Writes the tables of all AWS services: how each of their operations is called and answers.

Usage: service-models.py BOTOCORE_DATA_DIR OUTPUT_DIR

The models come from botocore (https://github.com/boto/botocore, Apache License 2.0), the newest
version of each service. A service is one file, named as aws-sdk integrations name it. Numbers are
LEB128, unsigned; a text is its number in the pool.

    file        pool service shapes operations errors
    pool        n, n times (bytes, UTF-8); the most used texts first
    service     serviceId protocol jsonVersion endpointPrefix signingName targetPrefix apiVersion
                xmlNamespace signatureVersion isQueryCompatible
    shapes      n, n times kind (a byte) and
      structure   isEventStream payload xmlNamespace xmlPrefix locationName n members
      member      flags name shape [wireName] [xmlNamespace xmlPrefix] [queryName]
      list        element elementName isFlattened
      map         key value keyName valueName isFlattened
      timestamp   format
    operations  n, n times name method uri input output resultWrapper inputName inputNamespace
                hostPrefix checksumAlgorithmMember flags
    errors      n, n times shape code

A shape is its number plus 1; 0 is none. Only what operations take and answer is kept. `index` has
a line for each service: its name in aws-sdk integrations.
"""
import gzip
import json
import pathlib
import re
import sys

KINDS = """structure list map string blob boolean integer long float double timestamp
document""".split()
LOCATIONS = ["", "uri", "header", "headers", "querystring", "statusCode"]
TIMES = ["", "iso8601", "unixTimestamp", "rfc822"]
METHODS = "POST GET PUT DELETE HEAD PATCH OPTIONS".split()
PROTOCOLS = "json rest-json rest-xml query ec2".split()

# A second model of the same service, which botocore keeps for its old users.
DOUBLES = {"pinpoint-sms-voice"}


def pascal(word):
    """CodegenNamingUtils.pascalCase of the SDK for Java."""
    text = re.sub(r"[^A-Za-z0-9]+", " ", word)
    text = re.sub(r"([^a-z]{2,})v([0-9]+)", r"\1 v\2 ", text)
    text = re.sub(r"([^A-Z]{2,})V([0-9]+)", r"\1 V\2 ", text)
    text = re.sub(r"(?<=[a-z])(?=[A-Z]([a-zA-Z]|[0-9]))", " ", text)
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", text)
    text = re.sub(r"([0-9])([a-zA-Z])", r"\1 \2", text)
    return "".join(w[0].upper() + w[1:].lower() for w in text.split())


def segment(service_id):
    name = pascal(service_id)
    name = name.removeprefix("Amazon").removeprefix("Aws").removesuffix("Service")
    return name.lower()


class Table:
    def __init__(self, model):
        self.model = model
        self.shapes = model["shapes"]
        self.uses = {}
        self.pool = {}
        self.order = {}
        self.out = bytearray()
        metadata = model["metadata"]
        spoken = metadata.get("protocols") or [metadata["protocol"]]
        self.protocol = next(p for p in PROTOCOLS if p in spoken)

    def build(self):
        for operation in self.model["operations"].values():
            for side in ("input", "output"):
                if side in operation:
                    self.reach(operation[side]["shape"])
        self.body()
        pool = sorted(self.uses, key=lambda text: (-self.uses[text], text))
        self.pool = {text: number for number, text in enumerate(pool)}
        self.out = bytearray()
        self.number(len(pool))
        for text in pool:
            encoded = text.encode()
            self.number(len(encoded))
            self.out += encoded
        self.body()
        return bytes(self.out)

    def reach(self, name):
        waiting = [name]
        while waiting:
            name = waiting.pop()
            if name in self.order:
                continue
            self.order[name] = len(self.order)
            shape = self.shapes[name]
            inner = [m["shape"] for m in shape.get("members", {}).values()]
            inner += [shape[k]["shape"] for k in ("member", "key", "value") if k in shape]
            waiting += reversed(inner)

    def number(self, value):
        while value > 127:
            self.out.append(value & 127 | 128)
            value >>= 7
        self.out.append(value)

    def text(self, value):
        value = value or ""
        self.uses[value] = self.uses.get(value, 0) + 1
        self.number(self.pool.get(value, 0))

    def shape(self, reference):
        self.number(self.order[reference["shape"]] + 1 if reference else 0)

    def body(self):
        metadata = self.model["metadata"]
        self.text(metadata["serviceId"])
        self.text(self.protocol)
        self.text(metadata.get("jsonVersion"))
        self.text(metadata.get("endpointPrefix"))
        self.text(metadata.get("signingName", metadata.get("endpointPrefix")))
        self.text(metadata.get("targetPrefix"))
        self.text(metadata.get("apiVersion"))
        self.text(metadata.get("xmlNamespace"))
        self.text(metadata.get("signatureVersion"))
        self.number("awsQueryCompatible" in metadata)
        self.number(len(self.order))
        for name in self.order:
            self.shape_body(self.shapes[name])
        operations = self.model["operations"]
        self.number(len(operations))
        # The key, not "name": CloudFront's names end with a date.
        for name, operation in operations.items():
            self.operation(name, operation)
        errors = [n for n, s in self.shapes.items() if s.get("exception") or "error" in s]
        self.number(len(errors))
        for name in errors:
            self.text(name)
            self.text(self.shapes[name].get("error", {}).get("code"))

    def shape_body(self, shape):
        kind = "document" if shape.get("document") else shape["type"]
        kind = {"character": "string"}.get(kind, kind)
        self.out.append(KINDS.index(kind))
        if kind == "structure":
            self.structure(shape)
        elif kind == "list":
            self.shape(shape["member"])
            self.text(shape["member"].get("locationName"))
            self.number(bool(shape.get("flattened")))
        elif kind == "map":
            self.shape(shape["key"])
            self.shape(shape["value"])
            self.text(shape["key"].get("locationName"))
            self.text(shape["value"].get("locationName"))
            self.number(bool(shape.get("flattened")))
        elif kind == "timestamp":
            self.number(TIMES.index(shape.get("timestampFormat", "")))

    def structure(self, shape):
        required = set(shape.get("required", []))
        namespace = shape.get("xmlNamespace", {})
        self.number(bool(shape.get("eventstream")))
        self.text(shape.get("payload"))
        self.text(namespace.get("uri"))
        self.text(namespace.get("prefix"))
        self.text(shape.get("locationName"))
        self.number(len(shape["members"]))
        for name, member in shape["members"].items():
            if name == shape.get("payload") and self.protocol == "rest-xml":
                member = self.named_payload(member)
            self.member(name, member, name in required)

    def named_payload(self, member):
        if "locationName" in member:
            return member
        target = self.shapes[member["shape"]]
        return member | {"locationName": target.get("locationName", member["shape"])}

    def member(self, name, member, required):
        target = self.shapes[member["shape"]]
        wire = member.get("locationName", name)
        namespace = member.get("xmlNamespace")
        self.number(
            bool(required)
            | LOCATIONS.index(member.get("location", "")) << 1
            | (wire != name) << 4
            | bool(member.get("flattened")) << 5
            | bool(member.get("xmlAttribute")) << 6
            | bool(member.get("idempotencyToken")) << 7
            | bool(member.get("jsonvalue")) << 8
            | bool(member.get("hostLabel")) << 9
            | bool(member.get("streaming", target.get("streaming"))) << 10
            | TIMES.index(member.get("timestampFormat", "")) << 11
            | (namespace is not None) << 13
            | ("queryName" in member) << 14
            | ("locationName" in member) << 15
        )
        self.text(name)
        self.shape(member)
        if wire != name:
            self.text(wire)
        if namespace is not None:
            self.text(namespace.get("uri"))
            self.text(namespace.get("prefix"))
        if "queryName" in member:
            self.text(member["queryName"])

    def operation(self, name, operation):
        http = operation.get("http", {})
        checksum = operation.get("httpChecksum", {})
        given = operation.get("input", {})
        self.text(name)
        self.number(METHODS.index(http.get("method", "POST")))
        self.text(http.get("requestUri", "/"))
        self.shape(given)
        self.shape(operation.get("output"))
        self.text(operation.get("output", {}).get("resultWrapper"))
        self.text(given.get("locationName"))
        self.text(given.get("xmlNamespace", {}).get("uri"))
        self.text(operation.get("endpoint", {}).get("hostPrefix"))
        self.text(checksum.get("requestAlgorithmMember"))
        must = checksum.get("requestChecksumRequired", operation.get("httpChecksumRequired"))
        unsigned_body = operation.get("unsignedPayload") or (
            operation.get("authtype") == "v4-unsigned-body"
        )
        self.number(
            (operation.get("authtype") == "none") | bool(unsigned_body) << 1 | bool(must) << 2
        )


def newest(folder):
    versions = [v for v in folder.iterdir() if (v / "service-2.json.gz").exists()]
    return max(versions, default=None, key=lambda v: v.name)


def main(data, output):
    output.mkdir(parents=True, exist_ok=True)
    names = []
    for folder in sorted(f for f in data.iterdir() if f.is_dir() and f.name not in DOUBLES):
        version = newest(folder)
        if version is None:
            continue
        model = json.loads(gzip.decompress((version / "service-2.json.gz").read_bytes()))
        name = segment(model["metadata"]["serviceId"])
        if name in names:
            raise SystemExit(f"Expected one model of {name}, found a second in {folder.name}")
        names.append(name)
        (output / name).write_bytes(Table(model).build())
    (output / "index").write_text("".join(f"{name}\n" for name in sorted(names)))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
