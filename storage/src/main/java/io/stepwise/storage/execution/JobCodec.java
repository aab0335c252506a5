package io.stepwise.storage.execution;

import io.stepwise.asl.model.TaskResource;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.engine.execution.AwaitedJob;
import io.stepwise.storage.RowReader;
import io.stepwise.storage.RowWriter;

/** The binary form of what remembers that a job is to be stopped. */
final class JobCodec {
  private static final int VERSION = 1;

  private JobCodec() {}

  static byte[] encode(AwaitedJob job) {
    var out = new RowWriter();
    out.writeByte(VERSION);
    SnapshotCodec.write(job.task(), out);
    out.writeText(job.stateMachine().text());
    out.writeText(job.resource().arn());
    out.writeText(job.resource().service());
    out.writeText(job.resource().action());
    out.writeByte(Codes.PATTERNS.of(job.resource().pattern()));
    out.writeText(job.reference());
    out.writeOptionalText(job.credentialsRoleArn());
    return out.toBytes();
  }

  static AwaitedJob decode(byte[] bytes) {
    var in = new RowReader(bytes);
    in.readByte();
    return new AwaitedJob(
        SnapshotCodec.readTask(in),
        StateMachineArn.of(in.readText()),
        new TaskResource.ServiceIntegration(
            in.readText(), in.readText(), in.readText(), Codes.PATTERNS.value(in.readByte())),
        in.readText(),
        in.readOptionalText());
  }
}
