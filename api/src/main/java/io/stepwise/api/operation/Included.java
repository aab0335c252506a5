package io.stepwise.api.operation;

import io.stepwise.api.Call;
import io.stepwise.api.Member;

/** The member {@code includedData}: whether data is wanted, or what describes it only. */
final class Included {
  static final Member MEMBER = Member.oneOf("includedData", "ALL_DATA", "METADATA_ONLY");

  private Included() {}

  /** Whether a call wants data. */
  static boolean in(Call call) {
    return !call.text("includedData", "ALL_DATA").equals("METADATA_ONLY");
  }
}
