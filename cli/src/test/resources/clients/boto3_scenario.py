"""The calls of a day's work, made by boto3 against the endpoint in AWS_ENDPOINT_URL_SFN."""
import json
import threading
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

sfn = boto3.client("stepfunctions", region_name="us-east-1",
                   config=Config(inject_host_prefix=False, retries={"max_attempts": 1}))
ROLE = "arn:aws:iam::123456789012:role/test"
calls = 0


def call(operation, **parameters):
    global calls
    calls += 1
    return getattr(sfn, operation)(**parameters)


def refused(code, operation, **parameters):
    try:
        call(operation, **parameters)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        return
    raise AssertionError(f"expected {operation} to be refused with {code}")


def finished(arn):
    while True:
        description = call("describe_execution", executionArn=arn)
        if description["status"] != "RUNNING":
            return description
        time.sleep(0.02)


definition = json.dumps({"StartAt": "P", "States": {
    "P": {"Type": "Pass", "Parameters": {"hello.$": "$.name"}, "Next": "W"},
    "W": {"Type": "Wait", "Seconds": 0, "End": True}}})
machine = call("create_state_machine", name="boto", definition=definition, roleArn=ROLE,
               tags=[{"key": "team", "value": "a"}])["stateMachineArn"]
assert call("describe_state_machine", stateMachineArn=machine)["definition"] == definition
assert machine in [m["stateMachineArn"] for m in call("list_state_machines")["stateMachines"]]
execution = call("start_execution", stateMachineArn=machine, name="one",
                 input='{"name": "Ada"}')["executionArn"]
done = finished(execution)
assert done["status"] == "SUCCEEDED" and json.loads(done["output"]) == {"hello": "Ada"}, done
refused("ExecutionAlreadyExists", "start_execution", stateMachineArn=machine, name="one", input="{}")
events = call("get_execution_history", executionArn=execution)["events"]
assert [e["type"] for e in events][-1] == "ExecutionSucceeded"
assert [e["id"] for e in events] == list(range(1, len(events) + 1))
backwards = call("get_execution_history", executionArn=execution, reverseOrder=True, maxResults=2)
assert [e["id"] for e in backwards["events"]] == [len(events), len(events) - 1]
assert call("list_executions", stateMachineArn=machine, statusFilter="SUCCEEDED")["executions"]
assert call("describe_state_machine_for_execution", executionArn=execution)["name"] == "boto"

call("tag_resource", resourceArn=machine, tags=[{"key": "env", "value": "test"}])
call("untag_resource", resourceArn=machine, tagKeys=["team"])
assert call("list_tags_for_resource", resourceArn=machine)["tags"] == [{"key": "env", "value": "test"}]

updated = call("update_state_machine", stateMachineArn=machine, publish=True,
               definition=definition.replace("hello", "hallo"))
assert updated["stateMachineVersionArn"].endswith(":1")
alias = call("create_state_machine_alias", name="live", routingConfiguration=[
    {"stateMachineVersionArn": updated["stateMachineVersionArn"], "weight": 100}])
aliased = call("start_execution", stateMachineArn=alias["stateMachineAliasArn"], input='{"name": 1}')
assert finished(aliased["executionArn"])["stateMachineAliasArn"] == alias["stateMachineAliasArn"]
assert call("list_state_machine_versions", stateMachineArn=machine)["stateMachineVersions"]
call("delete_state_machine_alias", stateMachineAliasArn=alias["stateMachineAliasArn"])

activity = call("create_activity", name="boto-work")["activityArn"]
working = call("create_state_machine", name="boto-activity", roleArn=ROLE, definition=json.dumps(
    {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": activity, "End": True}}}))
waiting = call("start_execution", stateMachineArn=working["stateMachineArn"], input='{"a": [1, 2]}')
task = call("get_activity_task", activityArn=activity, workerName="w")
assert json.loads(task["input"]) == {"a": [1, 2]}
call("send_task_heartbeat", taskToken=task["taskToken"])
call("send_task_success", taskToken=task["taskToken"], output='{"b": 3}')
assert finished(waiting["executionArn"])["output"] == '{"b": 3}'
refused("TaskTimedOut", "send_task_success", taskToken=task["taskToken"], output="{}")

long = call("start_execution", stateMachineArn=call(
    "create_state_machine", name="boto-long", roleArn=ROLE, definition=json.dumps(
        {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 86400, "End": True}}}))[
            "stateMachineArn"])
call("stop_execution", executionArn=long["executionArn"], error="Enough", cause="by hand")
assert finished(long["executionArn"])["status"] == "ABORTED"

express = call("create_state_machine", name="boto-express", type="EXPRESS", roleArn=ROLE,
               definition=definition)["stateMachineArn"]
answer = call("start_sync_execution", stateMachineArn=express, input='{"name": "Bo"}')
assert answer["status"] == "SUCCEEDED" and json.loads(answer["output"]) == {"hello": "Bo"}, answer

refused("InvalidDefinition", "create_state_machine", name="bad", definition="{}", roleArn=ROLE)
refused("StateMachineDoesNotExist", "describe_state_machine", stateMachineArn=machine + "x")
assert call("validate_state_machine_definition", definition="{}")["result"] == "FAIL"
for name in ("boto", "boto-activity", "boto-long", "boto-express"):
    call("delete_state_machine", stateMachineArn=machine.rsplit(":", 1)[0] + ":" + name)
call("delete_activity", activityArn=activity)
print(f"{calls} calls")
