"""Makes the calls it reads, one JSON object a line, with boto3 as docs/clients.md sets it up."""
import json
import re
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

sfn = boto3.client(
    "stepfunctions",
    endpoint_url=sys.argv[1],
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
    config=Config(inject_host_prefix=False),
)
for line in sys.stdin:
    asked = json.loads(line)
    operation = re.sub(r"(?<!^)([A-Z])", r"_\1", asked["call"]).lower()
    try:
        output = getattr(sfn, operation)(**asked["input"])
        output.pop("ResponseMetadata")
        answer = {"output": output}
    except ClientError as error:
        answer = {"refused": error.response["Error"]["Code"]}
    print(json.dumps(answer, default=str), flush=True)
