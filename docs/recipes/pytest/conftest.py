"""A Stepwise server for the tests of a run, emptied before each of them."""

import json
import os
import re
import subprocess
import urllib.request

import boto3
import pytest
from botocore.config import Config

STEPWISE = os.environ.get("STEPWISE", "bin/stepwise")


class Stepwise:
    """A running server: its endpoint, a client of it, and its clock."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.client = boto3.client(
            "stepfunctions",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(inject_host_prefix=False),
        )

    def reset(self):
        self._ask("reset", {})

    def advance(self, duration):
        """Moves time on by an ISO 8601 duration such as PT36H, and does all that comes due."""
        return self._ask("clock", {"advance": duration})["now"]

    def run(self, definition, value=None):
        """Creates a state machine, runs it once, and returns the execution as it ended."""
        machine = self.client.create_state_machine(
            name=f"m{abs(hash(json.dumps(definition)))}",
            definition=json.dumps(definition),
            roleArn="arn:aws:iam::123456789012:role/any",
        )
        started = self.client.start_execution(
            stateMachineArn=machine["stateMachineArn"], input=json.dumps(value or {})
        )
        while True:
            execution = self.client.describe_execution(executionArn=started["executionArn"])
            if execution["status"] != "RUNNING":
                return execution

    def _ask(self, what, body):
        request = urllib.request.Request(
            f"{self.endpoint}/_stepwise/{what}",
            data=json.dumps(body).encode(),
            headers={"X-Stepwise-Admin": "pytest"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)


@pytest.fixture(scope="session")
def stepwise_server():
    command = [STEPWISE, "start", "--clock", "virtual", "--port", "0", "--empty"]
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    except OSError as e:
        pytest.exit(f"Cannot run {STEPWISE}: set STEPWISE to the path of bin/stepwise ({e})", 2)
    endpoint = None
    for line in process.stdout:
        if endpoint is None and (found := re.search(r"endpoint\s+(\S+)", line)):
            endpoint = found.group(1)
        if line.startswith("Stop:"):
            break
    assert endpoint, f"{STEPWISE} did not start; what it wrote is above"
    yield Stepwise(endpoint)
    process.terminate()
    process.wait()


@pytest.fixture
def stepwise(stepwise_server):
    stepwise_server.reset()
    return stepwise_server
