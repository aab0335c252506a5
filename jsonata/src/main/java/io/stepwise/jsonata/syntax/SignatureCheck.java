package io.stepwise.jsonata.syntax;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Signature;

/** Reads the signature of a function only to say where it is wrong. */
final class SignatureCheck {
  private SignatureCheck() {}

  static void check(String signature, int position) {
    try {
      Signature.parse(signature);
    } catch (JsonataException e) {
      e.moveTo(position + e.position(), null);
      throw e;
    }
  }
}
