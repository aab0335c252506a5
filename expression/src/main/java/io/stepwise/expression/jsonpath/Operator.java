package io.stepwise.expression.jsonpath;

/** The relations of filter expressions. */
enum Operator {
  TYPE_SAFE_EQUAL("==="),
  TYPE_SAFE_NOT_EQUAL("!=="),
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS_OR_EQUAL("<="),
  GREATER_OR_EQUAL(">="),
  LESS("<"),
  GREATER(">"),
  MATCHES("=~"),
  NOT_IN("nin"),
  IN("in"),
  SUBSET_OF("subsetof"),
  ANY_OF("anyof"),
  NONE_OF("noneof"),
  CONTAINS("contains"),
  ALL("all"),
  SIZE("size"),
  EMPTY("empty");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  /** How it is written; a sign that begins with another sign comes before it. */
  String sign() {
    return sign;
  }

  /** Whether it is a word, which must not run into the next word. */
  boolean isWord() {
    return Character.isLetter(sign.charAt(0));
  }
}
