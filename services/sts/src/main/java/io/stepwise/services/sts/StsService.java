package io.stepwise.services.sts;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.ErrorMapping;
import io.stepwise.protocol.Identity;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.QueryService;
import io.stepwise.protocol.Shape;
import java.util.List;

/**
 * AWS Security Token Service: tells who asks, which is what tools do first. There are no users
 * here, so whoever asks is the root of the account. Source: AWS, "GetCallerIdentity".
 */
public final class StsService {
  private static final QueryService.Dialect DIALECT =
      new QueryService.Dialect("sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/");

  private StsService() {}

  /** The service. */
  public static QueryService of(Identity defaults) {
    return new QueryService(
        DIALECT,
        List.of(Operation.of("GetCallerIdentity", Shape.of(), StsService::callerIdentity)),
        defaults,
        ErrorMapping.NONE,
        Runnable::run);
  }

  private static void callerIdentity(Call call) {
    var location = call.identity().location();
    var output = Outputs.object();
    output.put("Arn", "arn:" + location.partition() + ":iam::" + location.account() + ":root");
    output.put("UserId", location.account());
    output.put("Account", location.account());
    call.reply(output);
  }
}
