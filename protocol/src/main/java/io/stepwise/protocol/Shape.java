package io.stepwise.protocol;

import io.stepwise.protocol.CommonError.ValidationException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The members of an input or of a structure. Members it does not know are ignored, as by AWS. */
public record Shape(List<Member> members) {
  public Shape {
    members = List.copyOf(members);
  }

  /** A shape of members, in the order in which violations are told. */
  public static Shape of(Member... members) {
    return new Shape(List.of(members));
  }

  /** Checks an input. Errors: ValidationException naming every violation. */
  void check(JsonNode input) {
    var violations = new ArrayList<String>(0);
    check(input, "", violations);
    if (!violations.isEmpty()) {
      var count = violations.size();
      throw new ValidationException(
              count
                  + (count == 1 ? " validation error" : " validation errors")
                  + " detected: "
                  + String.join("; ", violations))
          .toException();
    }
  }

  void check(JsonNode value, String path, List<String> violations) {
    for (var member : members) {
      member.check(value.get(member.name()), path + member.name(), violations);
    }
  }
}
