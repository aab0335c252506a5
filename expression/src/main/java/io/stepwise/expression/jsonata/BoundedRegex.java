package io.stepwise.expression.jsonata;

import com.dashjoin.jsonata.Jsonata.Fn0;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A regular expression literal as a matcher function whose work the guard counts. */
final class BoundedRegex extends JFunction {
  private final Pattern pattern;

  BoundedRegex(Pattern pattern, Guard guard) {
    super(
        (_, arguments) ->
            Functions.argument(arguments, 0) instanceof String text
                ? next(pattern.matcher(guard.metered(text)))
                : null,
        null);
    this.pattern = pattern;
  }

  Pattern pattern() {
    return pattern;
  }

  private static @Nullable Map<String, Object> next(Matcher matcher) {
    if (!matcher.find()) {
      return null;
    }
    var groups = new ArrayList<String>();
    for (var i = 1; i <= matcher.groupCount(); i++) {
      var group = matcher.group(i);
      groups.add(group == null ? "" : group);
    }
    var match = new LinkedHashMap<String, Object>();
    match.put("match", matcher.group());
    match.put("start", matcher.start());
    match.put("end", matcher.end());
    match.put("groups", groups);
    match.put("next", (Fn0<@Nullable Map<String, Object>>) () -> next(matcher));
    return match;
  }
}
