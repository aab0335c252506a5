package io.stepwise.logs.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Examples of AWS's page on filter patterns, and what is hostile. */
final class FilterPatternTest {
  private static final String EVENT =
      "{\"eventType\": \"UpdateTrail\", \"sourceIPAddress\": \"111.111.111.111\","
          + " \"arrayKey\": [\"value\", \"another value\"],"
          + " \"objectList\": [{\"name\": \"a\", \"id\": 1}, {\"name\": \"b\", \"id\": 2}],"
          + " \"SomeObject\": null, \"ThisFlag\": true, \"bandwidth\": 1.2e3, \"user.id\": 7}";
  private static final String ACCESS =
      "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

  private static boolean matches(String pattern, String message) {
    return FilterPattern.of(pattern).matches(message);
  }

  @Test
  void emptyPatternsMatchEverything() {
    assertThat(matches("", "x")).isTrue();
    assertThat(matches("  ", "x")).isTrue();
  }

  @Test
  void termsMustAllBeThere() {
    assertThat(matches("ERROR ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS")).isTrue();
    assertThat(matches("ERROR ARGUMENTS", "[ERROR 400] BAD REQUEST")).isFalse();
    assertThat(matches("error", "[ERROR 400] BAD REQUEST")).isFalse();
  }

  @Test
  void termsWithAMinusMustNot() {
    assertThat(matches("ERROR -ARGUMENTS", "[ERROR 400] BAD REQUEST")).isTrue();
    assertThat(matches("ERROR -ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS")).isFalse();
    assertThat(matches("-\"BAD REQUEST\"", "[ERROR 400] BAD REQUEST")).isFalse();
  }

  @Test
  void oneOfTheOptionalTermsIsEnough() {
    assertThat(matches("?ERROR ?WARN", "[WARN] slow")).isTrue();
    assertThat(matches("?ERROR ?WARN", "[INFO] fine")).isFalse();
  }

  @Test
  void optionalTermsDoNotCountBesideOthers() {
    assertThat(matches("?ERROR ?WARN slow", "[INFO] slow")).isTrue();
  }

  @Test
  void phrasesAreTakenAsTheyStand() {
    assertThat(matches("\"INTERNAL SERVER ERROR\"", "[ERROR 500] INTERNAL SERVER ERROR")).isTrue();
    assertThat(matches("\"say \\\"hi\\\"\"", "to say \"hi\" twice")).isTrue();
  }

  @Test
  void regularExpressionsAreFoundAnywhere() {
    assertThat(matches("%AUTHORIZED%", "[ERROR 401] UNAUTHORIZED REQUEST")).isTrue();
    assertThat(matches("%gr[ae]y|blue% -dark", "a grey sky")).isTrue();
    assertThat(matches("%10\\.10\\.0\\.1%", "from 10x10y0z1")).isFalse();
  }

  @Test
  void regularExpressionsTakeNoLongerThanTheMessageIsLong() {
    assertThat(matches("%a*a*a*a*a*a*a*a*a*a*b%", "a".repeat(200_000))).isFalse();
  }

  @Test
  void propertiesAreCompared() {
    assertThat(matches("{ $.eventType = \"UpdateTrail\" }", EVENT)).isTrue();
    assertThat(matches("{ $.eventType != UpdateTrail }", EVENT)).isFalse();
    assertThat(matches("{ $.sourceIPAddress != 123.123.* }", EVENT)).isTrue();
    assertThat(matches("{ $.sourceIPAddress = %111\\.111\\.111\\.1[0-9]{1,2}% }", EVENT)).isTrue();
    assertThat(matches("{ $.bandwidth > 1000 }", EVENT)).isTrue();
    assertThat(matches("{ $.bandwidth = 1.2e3 }", EVENT)).isTrue();
    assertThat(matches("{ $.bandwidth <= 75 }", EVENT)).isFalse();
    assertThat(matches("{ $.eventType = Update* }", EVENT)).isTrue();
    assertThat(matches("{ $.eventType = \"*Trail\" }", EVENT)).isTrue();
  }

  @Test
  void propertiesAreFoundInListsAndByOddNames() {
    assertThat(matches("{ $.arrayKey[0] = \"value\" }", EVENT)).isTrue();
    assertThat(matches("{ $.objectList[1].id = 2 }", EVENT)).isTrue();
    assertThat(matches("{ $.objectList[*].id = 2 }", EVENT)).isTrue();
    assertThat(matches("{ $['user.id'] = 7 }", EVENT)).isTrue();
    assertThat(matches("{ $.['user.id'] = 7 }", EVENT)).isTrue();
  }

  @Test
  void propertiesAreThereOrNot() {
    assertThat(matches("{ $.SomeObject IS NULL }", EVENT)).isTrue();
    assertThat(matches("{ $.SomeOtherObject NOT EXISTS }", EVENT)).isTrue();
    assertThat(matches("{ $.SomeObject NOT EXISTS }", EVENT)).isFalse();
    assertThat(matches("{ $.ThisFlag IS TRUE }", EVENT)).isTrue();
    assertThat(matches("{ $.ThisFlag IS FALSE }", EVENT)).isFalse();
  }

  @Test
  void conditionsAreJoined() {
    assertThat(
            matches(
                "{ ($.eventType = \"X\") || ($.bandwidth = 1200 && $.ThisFlag IS TRUE) }", EVENT))
        .isTrue();
    assertThat(matches("{ $.eventType = X && $.bandwidth = 1200 || $.ThisFlag IS FALSE }", EVENT))
        .isFalse();
  }

  @Test
  void whatIsNoJsonMatchesNoPropertyPattern() {
    assertThat(matches("{ $.a NOT EXISTS }", "plain text")).isFalse();
    assertThat(matches("{ $.a NOT EXISTS }", "{broken")).isFalse();
  }

  @Test
  void wordsAreComparedByPosition() {
    assertThat(matches("[ip, user, username, timestamp, request, status_code, bytes]", ACCESS))
        .isTrue();
    assertThat(matches("[ip, user, username, timestamp, request=*html*, status=4*, bytes]", ACCESS))
        .isTrue();
    assertThat(matches("[..., status_code=404, bytes > 1000]", ACCESS)).isTrue();
    assertThat(matches("[ip=%127\\.0\\.0\\.[1-9]%, ..., bytes < 1000]", ACCESS)).isFalse();
  }

  @Test
  void theLastWordIsAllThatIsLeft() {
    assertThat(matches("[w1=ERROR, w2]", "ERROR 419 MISSING ARGUMENTS")).isTrue();
    assertThat(matches("[w1=ERROR, w2=*ARGUMENTS]", "ERROR 419 MISSING ARGUMENTS")).isTrue();
    assertThat(matches("[w1, w2, w3]", "too few")).isFalse();
  }

  @Test
  void conditionsOnAWordAreJoined() {
    assertThat(matches("[w1!=ERROR&&w1!=%WARN%, w2]", "INFO 200 OK")).isTrue();
    assertThat(matches("[w1!=ERROR&&w1!=%WARN%, w2]", "WARNING 300")).isFalse();
    assertThat(matches("[w1=ERROR || w1=WARN, w2]", "WARN 300")).isTrue();
  }

  @Test
  void whatIsNoPatternIsRefusedWithAReason() {
    for (var pattern :
        new String[] {
          "foo-bar",
          "\"open",
          "%open",
          "%(a)%",
          "{ $.a }",
          "{ $.a = }",
          "{ a = 1 }",
          "[a, b",
          "[a=1&&b=2]",
          "{ $.a = 1 } x",
          "{ $.a > x }",
          "[..., ...]",
          "%[%",
        }) {
      assertThatThrownBy(() -> FilterPattern.of(pattern))
          .as(pattern)
          .isInstanceOf(InvalidPatternException.class)
          .hasMessageStartingWith("Invalid");
    }
  }
}
