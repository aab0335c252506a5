package io.stepwise.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the completion of all commands for a shell, from the commands themselves. */
final class CompletionScript {
  private CompletionScript() {}

  /**
   * For bash 3.2 and later: a table of what can follow, by the command and the option before it.
   *
   * <pre>
   * words before the cursor ─▶ command ─▶ option that wants a value? its values : options, values
   * </pre>
   */
  static String bash(CommandSpec root) {
    var commands = new StringBuilder();
    var values = new StringBuilder();
    for (var command : all(root)) {
      var path = path(command);
      // 'help' is followed by what can be asked about.
      var below = command.name().equals("help") ? root : command;
      var words = new ArrayList<>(below.subcommands().keySet());
      for (var option : command.options()) {
        words.addAll(List.of(option.names()));
        if (option.arity().max() > 0) {
          for (var name : option.names()) {
            values.append("    '%s %s') %s ;;\n".formatted(path, name, bashValues(option)));
          }
        }
      }
      commands.append("    '%s') words='%s' ;;\n".formatted(path, String.join(" ", words)));
      command.positionalParameters().stream()
          .filter(argument -> !argument.paramLabel().equals("COMMAND"))
          .findFirst()
          .ifPresent(
              argument -> values.append("    '%s') %s ;;\n".formatted(path, bashValues(argument))));
    }
    return """
        # Completion of stepwise for bash, and for zsh by its bashcompinit.
        _stepwise_values() {
          case "$1" in
        %s    *) return 1 ;;
          esac
          return 0
        }

        _stepwise_files() {
          COMPREPLY+=($(compgen -f -- "$cur"))
          compopt -o filenames 2>/dev/null
        }

        # What 'executions list' of the server shows; nothing where there is none.
        _stepwise_machines() {
          stepwise executions list --max 1000 2>/dev/null | sed -n '2,$s/:.*//p' | sort -u
        }

        _stepwise_executions() {
          stepwise executions list --max 200 2>/dev/null | sed -n '2,$s/ .*//p'
        }

        _stepwise() {
          local cur prev path='stepwise' words='' word
          # A colon ends a word for bash; for names of executions it does not.
          if [ -n "${BASH_VERSION:-}" ]; then
            cur="${COMP_LINE:0:COMP_POINT}"
            cur="${cur##*[[:space:]]}"
          else
            cur="${COMP_WORDS[COMP_CWORD]}"
          fi
          prev="${COMP_WORDS[COMP_CWORD-1]}"
          COMPREPLY=()
          for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
            case '%s' in
              *",$path $word,"*) path="$path $word" ;;
            esac
          done
          case "$cur" in
            -*) ;;
            *) if _stepwise_values "$path $prev"; then _stepwise_cut; return; fi
               _stepwise_values "$path" ;;
          esac
          case "$path" in
        %s  esac
          COMPREPLY+=($(compgen -W "$words" -- "$cur"))
          _stepwise_cut
        }

        # bash replaces only what is behind the last colon.
        _stepwise_cut() {
          local i
          case "$cur" in
            *:*) [ -z "${BASH_VERSION:-}" ] || for i in "${!COMPREPLY[@]}"; do
                   COMPREPLY[i]="${COMPREPLY[i]#"${cur%%:*}":}"
                 done ;;
          esac
        }

        complete -F _stepwise stepwise bin/stepwise
        """
        .formatted(values, known(root), commands);
  }

  /** The commands there are, each between commas. */
  private static String known(CommandSpec root) {
    var paths = new StringBuilder(",");
    all(root).forEach(command -> paths.append(path(command)).append(','));
    return paths.toString();
  }

  /** The same, where bash's completion is set up first. */
  static String zsh(CommandSpec root) {
    return "autoload -U +X bashcompinit && bashcompinit\n" + bash(root);
  }

  private static String bashValues(ArgSpec argument) {
    return switch (kind(argument)) {
      case WORDS ->
          "COMPREPLY+=($(compgen -W '%s' -- \"$cur\"))"
              .formatted(String.join(" ", candidates(argument)));
      case FILES -> "_stepwise_files";
      case MACHINES -> "COMPREPLY+=($(compgen -W \"$(_stepwise_machines)\" -- \"$cur\"))";
      case EXECUTIONS -> "COMPREPLY+=($(compgen -W \"$(_stepwise_executions)\" -- \"$cur\"))";
      case ANYTHING -> ":";
    };
  }

  /** What a value may be. */
  private enum Kind {
    WORDS,
    FILES,
    MACHINES,
    EXECUTIONS,
    ANYTHING
  }

  private static Kind kind(ArgSpec argument) {
    if (argument.completionCandidates() != null
        && argument.completionCandidates().iterator().hasNext()) {
      return Kind.WORDS;
    }
    return switch (argument.paramLabel()) {
      case "FILE", "DIR", "JSON|@FILE|-" -> Kind.FILES;
      case "MACHINE" -> Kind.MACHINES;
      case "EXECUTION" -> Kind.EXECUTIONS;
      default -> Kind.ANYTHING;
    };
  }

  private static List<String> candidates(ArgSpec argument) {
    var words = new ArrayList<String>();
    argument.completionCandidates().forEach(words::add);
    return words;
  }

  /** For fish: a line for each command, option and value. */
  static String fish(CommandSpec root) {
    var script = new StringBuilder("complete -c stepwise -f\n");
    for (var command : all(root)) {
      var seen = seen(command);
      command
          .subcommands()
          .forEach(
              (name, line) ->
                  script.append(
                      "complete -c stepwise -n '%s' -a %s -d '%s'\n"
                          .formatted(unseen(command), name, first(line.getCommandSpec()))));
      for (var option : command.options()) {
        for (var name : option.names()) {
          script.append(
              "complete -c stepwise -n '%s' %s %s%s -d '%s'\n"
                  .formatted(
                      seen,
                      name.startsWith("--") ? "-l" : "-s",
                      name.replaceFirst("^-+", ""),
                      fishValues(option),
                      first(option)));
        }
      }
      for (PositionalParamSpec argument : command.positionalParameters()) {
        var values = fishValues(argument).strip();
        if (!values.isEmpty()) {
          script.append(
              "complete -c stepwise -n '%s' %s\n"
                  .formatted(seen, values.replaceFirst("^-r ?", "")));
        }
      }
    }
    return script.toString();
  }

  private static String fishValues(ArgSpec argument) {
    if (argument instanceof OptionSpec option && option.arity().max() == 0) {
      return "";
    }
    return switch (kind(argument)) {
      case WORDS -> " -r -a '" + String.join(" ", candidates(argument)) + "'";
      case FILES -> " -r -F";
      case MACHINES ->
          " -r -a '(stepwise executions list --max 1000 2>/dev/null | sed -n \"2,\\$s/:.*//p\" | sort"
              + " -u)'";
      case EXECUTIONS ->
          " -r -a '(stepwise executions list --max 200 2>/dev/null | sed -n \"2,\\$s/ .*//p\")'";
      case ANYTHING -> argument instanceof OptionSpec ? " -r" : "";
    };
  }

  private static String seen(CommandSpec command) {
    var words = path(command).split(" ", -1);
    if (words.length == 1) {
      return "__fish_use_subcommand";
    }
    var conditions = new ArrayList<String>();
    for (var i = 1; i < words.length; i++) {
      conditions.add("__fish_seen_subcommand_from " + words[i]);
    }
    return String.join("; and ", conditions);
  }

  private static String unseen(CommandSpec command) {
    var seen = seen(command);
    return command.parent() == null
        ? seen
        : seen
            + "; and not __fish_seen_subcommand_from "
            + String.join(" ", command.subcommands().keySet());
  }

  private static String path(CommandSpec command) {
    return command.qualifiedName();
  }

  private static List<CommandSpec> all(CommandSpec command) {
    var commands = new ArrayList<CommandSpec>();
    commands.add(command);
    command.subcommands().values().forEach(line -> commands.addAll(all(line.getCommandSpec())));
    return commands;
  }

  private static String first(CommandSpec command) {
    return quoted(String.join(" ", command.usageMessage().description()));
  }

  private static String first(OptionSpec option) {
    return quoted(String.join(" ", option.description()));
  }

  private static String quoted(String text) {
    var sentence = text.replaceFirst("(?s)[.:] .*", "").replace("'", "’").replace("%n", " ");
    return sentence.replace("${DEFAULT-VALUE}", "").strip();
  }
}
