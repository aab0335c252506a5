# Shows what a script does. To be sourced.

# Prints the comment at the head of a script and ends, if its arguments ask for help.
# Arguments: the script, and its arguments.
show_usage_if_asked() {
  local script="$1" word
  shift
  for word in "$@"; do
    case "$word" in
      -h | --help | help)
        sed -n '2,/^[^#]/{s/^# \{0,1\}//p;}' "$script"
        exit 0
        ;;
    esac
  done
}
