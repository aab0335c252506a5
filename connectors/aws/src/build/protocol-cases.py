#!/usr/bin/env python3
"""Writes protocol-cases.zip: botocore's protocol tests, each with the table of its model.

Usage: protocol-cases.py PROTOCOL_TESTS_DIR OUTPUT.zip

The tests come from botocore (https://github.com/boto/botocore, tests/unit/protocols, Apache License
2.0). An entry is a file of theirs, one case a line: {"id", "table" (base64), and what the case has:
"params" and "serialized", or "response" and "result" or "errorCode" and "errorMessage"}.
"""
import base64
import importlib.util
import json
import pathlib
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[4]
SPEC = importlib.util.spec_from_file_location("models", ROOT / "aws/src/build/service-models.py")
MODELS = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(MODELS)

KEPT = "params serialized response result errorCode errorMessage error".split()


def cases(path):
    for number, suite in enumerate(json.loads(path.read_text())):
        for case in suite["cases"]:
            metadata = {"serviceId": "Test", "endpointPrefix": "test"} | suite["metadata"]
            shapes = json.loads(json.dumps(suite["shapes"]))
            for shape in shapes.values():
                if shape.get("type") == "structure":
                    shape.setdefault("members", {})
                # Some of the tests are older than the form of today's models.
                for holder in [shape, *shape.get("members", {}).values()]:
                    if isinstance(holder.get("xmlNamespace"), str):
                        holder["xmlNamespace"] = {"uri": holder["xmlNamespace"]}
            name = case["given"].get("name", "Op")
            model = {"metadata": metadata, "shapes": shapes, "operations": {name: case["given"]}}
            line = {"id": case.get("id") or f"{suite.get('description')} {number}"}
            line["table"] = base64.b64encode(MODELS.Table(model).build()).decode()
            yield line | {key: case[key] for key in KEPT if key in case}


def main(folder, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for side in ("input", "output"):
            for path in sorted((folder / side).glob("*.json")):
                if "cbor" in path.name:
                    continue
                lines = "".join(json.dumps(case) + "\n" for case in cases(path))
                info = zipfile.ZipInfo(f"{side}/{path.stem}", (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, lines, compresslevel=9)


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
