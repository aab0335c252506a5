package io.stepwise.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A choice among the constants of an enum, written as the documents write them, read in any case.
 *
 * @param <E> the enum
 */
abstract class OneOf<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
  private final List<E> constants;
  private final Function<E, String> word;

  private OneOf(Class<E> type, Function<E, String> word) {
    this.constants = List.of(type.getEnumConstants());
    this.word = word;
  }

  /** Written in lower case. */
  abstract static class LowerCase<E extends Enum<E>> extends OneOf<E> {
    LowerCase(Class<E> type) {
      super(type, constant -> constant.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Written as AWS's API writes it. */
  abstract static class AsInTheApi<E extends Enum<E>> extends OneOf<E> {
    AsInTheApi(Class<E> type) {
      super(type, Enum::name);
    }
  }

  @Override
  public E convert(String text) {
    for (var constant : constants) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    var words = words();
    throw new TypeConversionException("Expected %s, got '%s'".formatted(listed(words), text));
  }

  private static String listed(List<String> words) {
    var last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private List<String> words() {
    return constants.stream().map(word).collect(Collectors.toCollection(ArrayList::new));
  }

  @Override
  public Iterator<String> iterator() {
    return words().iterator();
  }
}
