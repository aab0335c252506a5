#!/usr/bin/env bash
# The first steps of a newcomer, made by the AWS CLI against AWS_ENDPOINT_URL_SFN.
set -eu
sfn() { aws stepfunctions "$@" --output text; }

machine=$(sfn create-state-machine --name cli --role-arn arn:aws:iam::123456789012:role/test \
  --definition '{"StartAt":"P","States":{"P":{"Type":"Pass","Result":{"n":1},"End":true}}}' \
  --query stateMachineArn)
execution=$(sfn start-execution --state-machine-arn "$machine" --name one --input '{}' --query executionArn)
for _ in $(seq 100); do
  status=$(sfn describe-execution --execution-arn "$execution" --query status)
  [ "$status" = RUNNING ] || break
  sleep 0.1
done
[ "$status" = SUCCEEDED ]
[ "$(sfn describe-execution --execution-arn "$execution" --query output)" = '{"n":1}' ]
[ "$(sfn get-execution-history --execution-arn "$execution" --query 'length(events)')" = 4 ]
sfn list-executions --state-machine-arn "$machine" --query 'executions[].name' | grep -qx one
if sfn start-execution --state-machine-arn "$machine" --name one --input '{"other":1}' 2>/tmp/refusal.$$; then
  echo "expected a refusal of a name that is taken"; exit 1
fi
grep -q ExecutionAlreadyExists /tmp/refusal.$$
rm -f /tmp/refusal.$$
express=$(sfn create-state-machine --name cli-express --type EXPRESS --role-arn arn:aws:iam::123456789012:role/test \
  --definition '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}' --query stateMachineArn)
[ "$(sfn start-sync-execution --state-machine-arn "$express" --input '{"x":2}' --query output)" = '{"x":2}' ]
sfn delete-state-machine --state-machine-arn "$machine"
sfn delete-state-machine --state-machine-arn "$express"
echo "the AWS CLI got along"
