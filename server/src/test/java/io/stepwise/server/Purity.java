package io.stepwise.server;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * What the pure modules may use of the platform: an allow-list, since nobody thinks of everything
 * that is impure. No clock, no chance, no threads, no input or output, nothing of the process.
 */
final class Purity extends ArchCondition<JavaClass> {
  private static final Set<String> PACKAGES =
      Set.of(
          "java.lang.annotation",
          "java.lang.invoke",
          "java.lang.runtime",
          "java.math",
          "java.nio.charset",
          "java.time.format",
          "java.time.temporal",
          "java.util.function",
          "java.util.regex",
          "java.util.stream");

  private static final Set<String> CLASSES =
      Set.of(
          "java.io.ByteArrayOutputStream",
          "java.io.OutputStream",
          "java.io.Serializable",
          "java.io.StringWriter",
          "java.io.Writer",
          "java.lang.ArithmeticException",
          "java.lang.AssertionError",
          "java.lang.AutoCloseable",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.CharSequence",
          "java.lang.Character",
          "java.lang.Class",
          "java.lang.ClassCastException",
          "java.lang.Comparable",
          "java.lang.Deprecated",
          "java.lang.Double",
          "java.lang.Enum",
          "java.lang.Exception",
          "java.lang.Float",
          "java.lang.FunctionalInterface",
          "java.lang.IllegalArgumentException",
          "java.lang.IllegalStateException",
          "java.lang.IndexOutOfBoundsException",
          "java.lang.Integer",
          "java.lang.Iterable",
          "java.lang.Long",
          "java.lang.MatchException",
          "java.lang.Math",
          "java.lang.NoSuchFieldError",
          "java.lang.Number",
          "java.lang.NumberFormatException",
          "java.lang.Object",
          "java.lang.Override",
          "java.lang.Record",
          "java.lang.Runnable",
          "java.lang.RuntimeException",
          "java.lang.SafeVarargs",
          "java.lang.Short",
          "java.lang.StackOverflowError",
          "java.lang.String",
          "java.lang.StringBuilder",
          "java.lang.SuppressWarnings",
          "java.lang.System",
          "java.lang.Throwable",
          "java.lang.UnsupportedOperationException",
          "java.nio.ByteBuffer",
          "java.nio.CharBuffer",
          "java.security.MessageDigest",
          "java.security.NoSuchAlgorithmException",
          "java.time.DateTimeException",
          "java.time.DayOfWeek",
          "java.time.Duration",
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalDateTime",
          "java.time.LocalTime",
          "java.time.OffsetDateTime",
          "java.time.ZoneOffset",
          "java.util.ArrayDeque",
          "java.util.ArrayList",
          "java.util.Arrays",
          "java.util.Base64",
          "java.util.BitSet",
          "java.util.Collection",
          "java.util.Collections",
          "java.util.Comparator",
          "java.util.EnumMap",
          "java.util.EnumSet",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.HexFormat",
          "java.util.Iterator",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.List",
          "java.util.Locale",
          "java.util.Map",
          "java.util.NoSuchElementException",
          "java.util.Objects",
          "java.util.Optional",
          "java.util.OptionalInt",
          "java.util.OptionalLong",
          "java.util.PrimitiveIterator",
          "java.util.Random",
          "java.util.Set",
          "java.util.SortedMap",
          "java.util.SplittableRandom",
          "java.util.StringJoiner",
          "java.util.StringTokenizer",
          "java.util.TreeMap",
          "java.util.TreeSet",
          "java.util.UUID",
          "java.util.zip.CRC32");

  /** What is impure of classes that may be used: {@code *} stands for all but what is named. */
  private static final Map<String, Set<String>> IMPURE =
      Map.of(
          "java.lang.Math", Set.of("random"),
          "java.lang.Class", Set.of("forName", "getResource", "getResourceAsStream", "newInstance"),
          "java.util.Locale", Set.of("getDefault", "setDefault"),
          "java.util.Collections", Set.of("shuffle"),
          "java.util.UUID", Set.of("randomUUID"));

  private static final Set<String> OF_SYSTEM = Set.of("arraycopy", "identityHashCode");

  Purity() {
    super("use nothing of the platform but what is pure");
  }

  @Override
  public void check(JavaClass owner, ConditionEvents events) {
    owner
        .getDirectDependenciesFromSelf()
        .forEach(
            dependency -> {
              var target = dependency.getTargetClass().getBaseComponentType();
              if (isOfPlatform(target) && !mayUse(target)) {
                events.add(SimpleConditionEvent.violated(owner, dependency.getDescription()));
              }
            });
    owner
        .getAccessesFromSelf()
        .forEach(
            access -> {
              if (isImpure(access)) {
                events.add(SimpleConditionEvent.violated(owner, access.getDescription()));
              }
            });
  }

  private static boolean isOfPlatform(JavaClass target) {
    return target.getName().startsWith("java.")
        || target.getName().startsWith("javax.")
        || target.getName().startsWith("jdk.")
        || target.getName().startsWith("sun.");
  }

  private static boolean mayUse(JavaClass target) {
    var name = target.getName();
    var nested = name.indexOf('$');
    return PACKAGES.contains(target.getPackageName())
        || CLASSES.contains(nested < 0 ? name : name.substring(0, nested));
  }

  private static boolean isImpure(JavaAccess<?> access) {
    var owner = access.getTargetOwner().getName();
    var name = access.getTarget().getName();
    if (owner.equals("java.lang.System")) {
      return !OF_SYSTEM.contains(name);
    }
    if (owner.startsWith("java.time.")) {
      return name.equals("now") || name.startsWith("system");
    }
    if (access instanceof JavaConstructorCall call
        && (owner.equals("java.util.Random") || owner.equals("java.util.SplittableRandom"))) {
      return call.getTarget().getRawParameterTypes().isEmpty(); // without a seed
    }
    return IMPURE.getOrDefault(owner, Set.of()).contains(name);
  }
}
