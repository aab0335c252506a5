package io.stepwise.services.states.resource;

import io.stepwise.catalog.Settings;
import io.stepwise.catalog.Settings.Encryption;
import io.stepwise.catalog.Settings.Logging;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError.ValidationException;
import io.stepwise.protocol.Member;
import io.stepwise.services.states.resource.StatesError.InvalidEncryptionConfiguration;
import io.stepwise.services.states.resource.StatesError.InvalidLoggingConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Logging, tracing, encryption and tags: how requests give them and answers show them. */
public final class Configurations {
  private static final String EVERY_STREAM = ":*";
  private static final String AWS_OWNED_KEY = "AWS_OWNED_KEY";

  public static final Member LOGGING =
      Member.structure(
          "loggingConfiguration",
          Member.oneOf("level", "ALL", "ERROR", "FATAL", "OFF"),
          Member.flag("includeExecutionData"),
          Member.structures(
              "destinations",
              "LogDestination",
              Member.structure("cloudWatchLogsLogGroup", Member.text("logGroupArn", 1, 256))));
  public static final Member TRACING =
      Member.structure("tracingConfiguration", Member.flag("enabled"));
  public static final Member ENCRYPTION =
      Member.structure(
          "encryptionConfiguration",
          Member.text("kmsKeyId", 1, 2048),
          Member.whole("kmsDataKeyReusePeriodSeconds", 60, 900),
          Member.oneOf("type", AWS_OWNED_KEY, "CUSTOMER_MANAGED_KMS_KEY").required());

  /** Prefix of keys that only AWS's own services may set, in whatever case. */
  private static final String RESERVED_TAGS = "aws:";

  private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{N}\\p{Z}\\s_.:/=+\\-@]*");

  public static final Member TAGS =
      Member.structures("tags", "Tag", Member.text("key", 1, 128), Member.text("value", 0, 256));

  private Configurations() {}

  /** Errors: InvalidLoggingConfiguration for a destination that is no log group that is there. */
  public static void checkDestination(@Nullable Logging logging, Backend backend) {
    var arns = logging == null ? null : logging.logGroupArns();
    if (arns == null || arns.isEmpty()) {
      return;
    }
    var arn = arns.getFirst();
    if (!arn.endsWith(EVERY_STREAM)) {
      throw new InvalidLoggingConfiguration("Log Group ARN must be provided with '*' qualifier.")
          .toException();
    }
    if (!backend.hasLogGroup().test(arn.substring(0, arn.length() - EVERY_STREAM.length()))) {
      throw new InvalidLoggingConfiguration("The specified log group does not exist.")
          .toException();
    }
  }

  /** The settings a call gives; defaults for what it leaves out. */
  public static Settings settings(Call call) {
    var logging = logging(call);
    var tracing = tracing(call);
    return new Settings(
        logging == null ? Logging.OFF : logging, tracing != null && tracing, encryption(call));
  }

  public static @Nullable Logging logging(Call call) {
    if (!call.has("loggingConfiguration")) {
      return null;
    }
    var given = call.input().path("loggingConfiguration");
    var level = given.path("level").asString("OFF");
    List<String> destinations = null;
    if (given.hasNonNull("destinations")) {
      destinations = new ArrayList<>();
      for (var destination : given.path("destinations")) {
        destinations.add(
            destination.path("cloudWatchLogsLogGroup").path("logGroupArn").asString(""));
      }
    }
    var count = destinations == null ? 0 : destinations.size();
    if (count > 1 || (count == 0 && !level.equals("OFF"))) {
      throw new InvalidLoggingConfiguration("Must specify exactly one Log Destination.")
          .toException();
    }
    return new Logging(level, given.path("includeExecutionData").asBoolean(false), destinations);
  }

  public static @Nullable Boolean tracing(Call call) {
    return call.has("tracingConfiguration")
        ? call.input().path("tracingConfiguration").path("enabled").asBoolean(false)
        : null;
  }

  public static @Nullable Encryption encryption(Call call) {
    if (!call.has("encryptionConfiguration")) {
      return null;
    }
    var given = call.input().path("encryptionConfiguration");
    var type = given.path("type").asString(AWS_OWNED_KEY);
    var key = given.get("kmsKeyId");
    var period = given.get("kmsDataKeyReusePeriodSeconds");
    if (type.equals(AWS_OWNED_KEY)) {
      if (key != null || period != null) {
        throw new InvalidEncryptionConfiguration(
                "kmsKeyId and kmsDataKeyReusePeriodSeconds can only be set with"
                    + " CUSTOMER_MANAGED_KMS_KEY")
            .toException();
      }
      return null;
    }
    if (key == null) {
      throw new InvalidEncryptionConfiguration("CUSTOMER_MANAGED_KMS_KEY needs a kmsKeyId")
          .toException();
    }
    return new Encryption(type, key.stringValue(), period == null ? 300 : period.intValue());
  }

  /**
   * Tags in the order given; of a key given twice the last value counts. Errors:
   * ValidationException for a reserved key or a forbidden character.
   */
  public static Map<String, String> tags(JsonNode list) {
    var tags = new LinkedHashMap<String, String>();
    for (var tag : list) {
      if (tag.hasNonNull("key")) {
        var key = tag.path("key").asString();
        var value = tag.path("value").asString("");
        checkTag("key", key);
        checkTag("value", value);
        if (key.regionMatches(true, 0, RESERVED_TAGS, 0, RESERVED_TAGS.length())) {
          throw new ValidationException(
                  "Invalid tag key '" + key + "': the prefix '" + RESERVED_TAGS + "' is reserved")
              .toException();
        }
        tags.put(key, value);
      }
    }
    return tags;
  }

  private static void checkTag(String part, String text) {
    if (!TAG_TEXT.matcher(text).matches()) {
      throw new ValidationException(
              "Invalid tag "
                  + part
                  + " '"
                  + text
                  + "': expected letters, digits, white space and _ . : / = + - @")
          .toException();
    }
  }

  /** Shows all settings. */
  public static void put(ObjectNode output, Settings settings) {
    var logging = output.putObject("loggingConfiguration");
    logging.put("level", settings.logging().level());
    logging.put("includeExecutionData", settings.logging().includeExecutionData());
    var arns = settings.logging().logGroupArns();
    if (arns != null) {
      var destinations = logging.putArray("destinations");
      for (var arn : arns) {
        destinations.addObject().putObject("cloudWatchLogsLogGroup").put("logGroupArn", arn);
      }
    }
    output.putObject("tracingConfiguration").put("enabled", settings.tracing());
    put(output, settings.encryption());
  }

  /** Shows how something is encrypted. */
  public static void put(ObjectNode output, @Nullable Encryption encryption) {
    var shown = output.putObject("encryptionConfiguration");
    if (encryption == null) {
      shown.put("type", AWS_OWNED_KEY);
    } else {
      shown.put("type", encryption.type());
      shown.put("kmsKeyId", encryption.kmsKeyId());
      shown.put("kmsDataKeyReusePeriodSeconds", encryption.kmsDataKeyReusePeriodSeconds());
    }
  }
}
