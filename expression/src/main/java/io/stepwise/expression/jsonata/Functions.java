package io.stepwise.expression.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Moment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions that differ from plain JSONata: those AWS adds, those that would draw on the clock
 * or on chance, and {@code $eval}, which AWS takes away.
 */
final class Functions {
  private static final Set<String> BUILT_IN =
      Set.of(
          ("sum count max min average string substring substringBefore substringAfter lowercase"
                  + " uppercase length trim pad match contains replace split join formatNumber"
                  + " formatBase formatInteger parseInteger number floor ceil round abs sqrt power"
                  + " random boolean not map zip filter single reduce sift keys lookup append"
                  + " exists spread merge reverse each error assert type sort shuffle distinct"
                  + " base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent"
                  + " decodeUrl eval toMillis fromMillis clone now millis partition range hash"
                  + " uuid parse")
              .split(" "));

  private static final Set<String> ALGORITHMS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  private final Moment moment;
  private final Guard guard;

  Functions(Moment moment, Guard guard) {
    this.moment = moment;
    this.guard = guard;
  }

  /** Whether {@code $name} is a function of every expression. */
  static boolean isBuiltIn(String name) {
    return BUILT_IN.contains(name);
  }

  /** Binds what this class knows under {@code name}, if anything. */
  void bind(String name, Frame frame) {
    switch (name) {
      case "eval" -> frame.bind(name, (Object) null);
      case "now" -> define(frame, name, "<s?s?:s>", this::now);
      case "millis" -> define(frame, name, "<:n>", _ -> moment.instant().toEpochMilli());
      case "random" -> define(frame, name, "<n?:n>", this::random);
      case "uuid" -> define(frame, name, "<:s>", _ -> moment.nextUuid());
      case "shuffle" -> define(frame, name, "<a:a>", this::shuffle);
      case "partition" -> define(frame, name, "<an:a>", this::partition);
      case "range" -> define(frame, name, "<nnn:a>", this::range);
      case "hash" -> define(frame, name, "<ss:s>", Functions::hash);
      case "number" -> define(frame, name, "<(nsb)-:n>", Functions::number);
      case "parse" -> define(frame, name, "<s-:x>", Functions::parse);
      default -> new TextFunctions(guard).bind(name, frame);
    }
  }

  /** What a function does with its arguments; those not given are null. */
  interface Body {
    @Nullable Object apply(List<?> arguments);
  }

  static void define(Frame frame, String name, String signature, Body body) {
    frame.bind(name, new JFunction((_, arguments) -> body.apply(arguments), signature));
  }

  static @Nullable Object argument(List<?> arguments, int position) {
    return position < arguments.size() ? arguments.get(position) : null;
  }

  private @Nullable Object now(List<?> arguments) {
    var millis = moment.instant().toEpochMilli();
    var picture = (String) argument(arguments, 0);
    var timezone = (String) argument(arguments, 1);
    return com.dashjoin.jsonata.Functions.dateTimeFromMillis(millis, picture, timezone);
  }

  private Object random(List<?> arguments) {
    return argument(arguments, 0) instanceof Number seed
        ? new Random(integer(seed)).nextDouble()
        : moment.nextDouble();
  }

  private @Nullable Object shuffle(List<?> arguments) {
    if (!(argument(arguments, 0) instanceof List<?> list)) {
      return null;
    }
    var shuffled = new ArrayList<Object>(list);
    Collections.shuffle(shuffled, new Random(moment.nextLong()));
    return shuffled;
  }

  private @Nullable Object partition(List<?> arguments) {
    if (!(argument(arguments, 0) instanceof List<?> list)
        || !(argument(arguments, 1) instanceof Number number)) {
      return null;
    }
    var size = integer(number);
    if (size <= 0) {
      throw failure("The second argument of partition function must be a positive number");
    }
    var chunks = new ArrayList<Object>();
    for (var from = 0L; from < list.size(); from += size) {
      guard.spend();
      chunks.add(
          new ArrayList<Object>(
              list.subList((int) from, (int) Math.min(list.size(), from + size))));
    }
    return chunks;
  }

  private @Nullable Object range(List<?> arguments) {
    if (!(argument(arguments, 0) instanceof Number firstNumber)
        || !(argument(arguments, 1) instanceof Number lastNumber)
        || !(argument(arguments, 2) instanceof Number stepNumber)) {
      return null;
    }
    var first = integer(firstNumber);
    var last = integer(lastNumber);
    var step = integer(stepNumber);
    if (step == 0) {
      throw failure("The third argument of range function must not be zero");
    }
    guard.require(((double) last - first) / step > Guard.MEMORY_MAX ? Long.MAX_VALUE : 0);
    // A sequence, so that a single number stands for itself. Source: array_jsonata.array_range.
    var range = Utils.createSequence();
    for (var i = first; step > 0 ? i <= last : i >= last; i += step) {
      guard.require(12L * range.size());
      range.add(Utils.convertNumber(i));
    }
    return range;
  }

  private static @Nullable Object hash(List<?> arguments) {
    if (!(argument(arguments, 0) instanceof String text)
        || !(argument(arguments, 1) instanceof String algorithm)) {
      return null;
    }
    if (!ALGORITHMS.contains(algorithm)) {
      throw failure(
          "The second argument of hash function must be one of MD5, SHA-1, SHA-256,"
              + " SHA-384, SHA-512");
    }
    try {
      var digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has these
    }
  }

  /** The engine's own, which leaks Java's exception for text that is no number. */
  private static @Nullable Object number(List<?> arguments) {
    var value = argument(arguments, 0);
    try {
      return com.dashjoin.jsonata.Functions.number(value);
    } catch (NumberFormatException _) {
      throw new JException("D3030", -1, value);
    }
  }

  private static @Nullable Object parse(List<?> arguments) {
    if (!(argument(arguments, 0) instanceof String text)) {
      return null;
    }
    try {
      return JsonView.of(Json.parse(text));
    } catch (InvalidJsonException _) {
      throw failure("The argument of parse function must be valid JSON text");
    }
  }

  /** Fractions are rounded down. */
  private static long integer(Number number) {
    return number instanceof Double d ? (long) Math.floor(d) : number.longValue();
  }

  static JException failure(String message) {
    return new JException("D3137", -1, message);
  }
}
