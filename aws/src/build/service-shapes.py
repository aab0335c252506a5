#!/usr/bin/env python3
"""Writes service-shapes.zip: what the operations of AWS services take and answer.

Usage: service-shapes.py BOTOCORE_DATA_DIR OUTPUT.zip

The models come from botocore (https://github.com/boto/botocore, Apache License 2.0). Of each model
only what its operations take and answer is kept, one entry per service, named as
Step Functions names it in aws-sdk integrations. An entry is text, one shape a line:

    o OPERATION SHAPE        an operation and the number of its output; shapes count from 0
    p OPERATION SHAPE        the same of its input
    s NAME:SHAPE NAME!:SHAPE a structure; ! marks a member that is required
    l SHAPE MIN MAX          a list, with bounds of its length or -
    m SHAPE                  a map and its values
    t MIN MAX | e A B C      a string, with bounds of its length, or with its values
    x MIN MAX | d            a blob; a timestamp
    i MIN MAX | n MIN MAX    a whole number; another number
    b | j                    a boolean; anything
"""
import gzip
import json
import pathlib
import sys
import zipfile

SERVICES = """
acm apigateway apigatewayv2 appsync athena autoscaling backup batch bedrock bedrock-agent
bedrock-agent-runtime bedrock-runtime cloudformation cloudfront cloudtrail cloudwatch codebuild
codepipeline cognito-idp comprehend databrew dms dynamodb dynamodbstreams ec2 ecr ecs efs eks elbv2
emr emr-containers emr-serverless events firehose glue iam iot iot-data kinesis kms lakeformation
lambda logs mediaconvert mwaa opensearch organizations pipes polly quicksight rds rds-data
redshift-data rekognition route53 s3 sagemaker sagemaker-runtime scheduler secretsmanager ses sesv2
sns sqs ssm stepfunctions sts textract transcribe translate
""".split()

# Where Step Functions keeps to bounds that the service has raised since.
OVERRIDES = {("lambda", "MemorySize"): {"max": 10240}}

KINDS = {"integer": "i", "long": "i", "float": "n", "double": "n", "string": "t", "blob": "x"}


def bound(value):
    if value is None:
        return "-"
    number = float(value)
    return str(int(number)) if number == int(number) else repr(number)


class Service:
    def __init__(self, model):
        self.shapes = model["shapes"]
        self.numbers = {}
        self.lines = []

    def number(self, name):
        if name not in self.numbers:
            self.numbers[name] = len(self.lines)
            self.lines.append("")
            self.lines[self.numbers[name]] = self.line(self.shapes[name])
        return self.numbers[name]

    def line(self, shape):
        kind = shape["type"]
        low, high = bound(shape.get("min")), bound(shape.get("max"))
        if kind == "structure":
            if shape.get("document") or shape.get("eventstream"):
                return "j"
            required = shape.get("required", [])
            members = (
                name + ("!" if name in required else "") + ":" + str(self.number(m["shape"]))
                for name, m in shape["members"].items()
            )
            return " ".join(["s", *members])
        if kind == "list":
            return f"l {self.number(shape['member']['shape'])} {low} {high}"
        if kind == "map":
            return f"m {self.number(shape['value']['shape'])}"
        if kind == "string" and shape.get("enum") and not any(" " in v for v in shape["enum"]):
            return " ".join(["e", *shape["enum"]])
        if kind == "timestamp":
            return "d"
        if kind == "boolean":
            return "b"
        return f"{KINDS[kind]} {low} {high}"


def main(data, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in SERVICES:
            path = sorted(pathlib.Path(data, name).glob("*/service-2.json.gz"))[-1]
            model = json.load(gzip.open(path))
            for (service_name, shape), values in OVERRIDES.items():
                if service_name == name:
                    model["shapes"][shape].update(values)
            service = Service(model)
            operations = [
                f"{letter} {operation} {service.number(spec[side]['shape'])}"
                for letter, side in (("o", "output"), ("p", "input"))
                for operation, spec in sorted(model["operations"].items())
                if side in spec
            ]
            entry = "".join(c for c in model["metadata"]["serviceId"].lower() if c.isalnum())
            info = zipfile.ZipInfo(entry, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, "\n".join(operations + service.lines) + "\n", compresslevel=9)


main(*sys.argv[1:])
