package io.stepwise.services.lambda;

import io.stepwise.aws.Arn;
import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.FunctionArn;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError.ValidationException;
import io.stepwise.protocol.Member;
import io.stepwise.services.lambda.LambdaError.InvalidParameterValueException;
import io.stepwise.services.lambda.LambdaError.ResourceNotFoundException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The function that a request names: by its name, by {@code account:function:name} or by its ARN,
 * each with or without a qualifier.
 *
 * @param arn of the function, without a qualifier
 * @param qualifier version or alias, or null
 */
record FunctionName(FunctionArn arn, @Nullable String qualifier) {
  /** The member of an input that names a function, and the one that names a version or alias. */
  static final Member MEMBER = Member.text("FunctionName", 1, 170).required();

  static final Member QUALIFIER_MEMBER = Member.text("Qualifier", 1, 128);

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,64}");
  private static final Pattern QUALIFIER = Pattern.compile("[a-zA-Z0-9$_-]{1,128}");
  private static final String PATTERN =
      "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?"
          + "(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

  /** What a call's {@code FunctionName} and {@code Qualifier} name. */
  static FunctionName of(Call call) {
    return of(
        call.text("FunctionName"), call.optionalText("Qualifier"), call.identity().location());
  }

  static FunctionName of(String text, @Nullable String qualifier, AwsLocation here) {
    var named = taken(text, here);
    var own = named.qualifier();
    if (own != null && qualifier != null && !own.equals(qualifier)) {
      throw new InvalidParameterValueException(
              "The derived qualifier from the function name does not match the specified"
                  + " qualifier.")
          .toException();
    }
    var effective = own == null ? qualifier : own;
    if (effective != null && !QUALIFIER.matcher(effective).matches()) {
      throw violation("qualifier", effective, "\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
    }
    return new FunctionName(named.arn(), effective);
  }

  private static FunctionName taken(String text, AwsLocation here) {
    if (text.startsWith("arn:")) {
      if (!(Arn.parse(text).orElse(null) instanceof FunctionArn arn) || !isName(arn.name())) {
        throw refused(text);
      }
      if (!arn.region().equals(here.region())) {
        throw new ResourceNotFoundException(
                "Functions from '"
                    + arn.region()
                    + "' are not reachable in this region ('"
                    + here.region()
                    + "')")
            .toException();
      }
      return new FunctionName(arn.location().function(arn.name()), arn.qualifier());
    }
    var parts = text.split(":", -1);
    var at = parts.length > 2 && parts[1].equals("function") ? 2 : 0;
    if (at == 0 && parts.length > 1 && parts[0].equals("function")) {
      at = 1;
    }
    var rest = parts.length - at;
    if (rest > 2 || !isName(parts[at])) {
      throw refused(text);
    }
    var location = at == 2 ? new AwsLocation(here.partition(), here.region(), parts[0]) : here;
    return new FunctionName(location.function(parts[at]), rest == 2 ? parts[at + 1] : null);
  }

  /** Whether a function can have that name. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static RuntimeException refused(String text) {
    return violation("functionName", text, PATTERN);
  }

  /** The refusal of a value that has not the form that AWS wants. */
  static RuntimeException violation(String member, String value, String pattern) {
    return new ValidationException(
            "1 validation error detected: Value '"
                + value
                + "' at '"
                + member
                + "' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                + pattern)
        .toException();
  }

  /** As messages have it: with the qualifier, or {@code $LATEST}. */
  String qualified() {
    return arn.text() + ":" + (qualifier == null ? "$LATEST" : qualifier);
  }
}
