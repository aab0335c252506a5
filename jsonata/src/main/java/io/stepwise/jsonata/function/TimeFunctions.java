package io.stepwise.jsonata.function;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.time.DatePicture;
import io.stepwise.jsonata.time.IsoTime;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Functions of date and time. */
final class TimeFunctions {
  private TimeFunctions() {}

  static void define(Library library) {
    library.define("toMillis", "<s-s?:n>", 2, TimeFunctions::toMillis);
    library.define("fromMillis", "<n-s?s?:s>", 3, TimeFunctions::fromMillis);
    library.define("now", "<s?s?:s>", 2, TimeFunctions::now);
    library.define("millis", "<:n>", 0, (e, _) -> Values.number(e.moment().epochMillis()));
  }

  private static @Nullable JsonNode toMillis(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    if (a[1] == null) {
      if (!IsoTime.isTimestamp(text)) {
        throw JsonataException.of("D3110", a[0]);
      }
      return Values.number(IsoTime.toMillis(text));
    }
    var picture = Values.string(a[1]);
    evaluation.steps(8L * (picture.length() + text.length()));
    var millis = DatePicture.parse(picture).read(text, evaluation);
    return millis == null ? null : Values.number(millis);
  }

  private static @Nullable JsonNode fromMillis(Evaluation evaluation, @Nullable JsonNode[] a) {
    return a[0] == null ? null : format(evaluation, Values.toDouble(a[0]), a[1], a[2]);
  }

  private static JsonNode now(Evaluation evaluation, @Nullable JsonNode[] a) {
    return format(evaluation, (double) evaluation.moment().epochMillis(), a[0], a[1]);
  }

  private static JsonNode format(
      Evaluation evaluation,
      double millis,
      @Nullable JsonNode picture,
      @Nullable JsonNode timezone) {
    var zone = timezone == null ? null : Values.string(timezone);
    if (picture == null) {
      return TextFunctions.text(DatePicture.iso().format(millis, zone), evaluation);
    }
    var text = Values.string(picture);
    evaluation.steps(4L * text.length());
    return TextFunctions.text(DatePicture.parse(text).format(millis, zone), evaluation);
  }
}
