# What docs/clients.md shows, with IAM and STS from another server.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "stepwise" { type = string }
variable "others" { type = string }
variable "greeting" { type = string }

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  endpoints {
    sfn = var.stepwise
    iam = var.others
    sts = var.others
  }
}

resource "aws_iam_role" "runs" {
  name = "runs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "states.amazonaws.com" }
    }]
  })
}

resource "aws_sfn_activity" "work" {
  name = "work"
  tags = { team = "a" }
}

resource "aws_sfn_state_machine" "hello" {
  name     = "hello"
  role_arn = aws_iam_role.runs.arn
  publish  = true
  tags     = { greeting = var.greeting }
  definition = jsonencode({
    StartAt = "Greet"
    States = {
      Greet = { Type = "Pass", Result = { greeting = var.greeting }, Next = "Work" }
      Work  = { Type = "Task", Resource = aws_sfn_activity.work.id, TimeoutSeconds = 60, End = true }
    }
  })
}

resource "aws_sfn_alias" "live" {
  name = "live"
  routing_configuration {
    state_machine_version_arn = aws_sfn_state_machine.hello.state_machine_version_arn
    weight                    = 100
  }
}
