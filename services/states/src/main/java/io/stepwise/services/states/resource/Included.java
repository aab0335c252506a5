package io.stepwise.services.states.resource;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;

/** The member {@code includedData}: whether data is wanted, or what describes it only. */
public final class Included {
  public static final Member MEMBER = Member.oneOf("includedData", "ALL_DATA", "METADATA_ONLY");

  private Included() {}

  /** Whether a call wants data. */
  public static boolean in(Call call) {
    return !call.text("includedData", "ALL_DATA").equals("METADATA_ONLY");
  }
}
