# Finds a JDK 25 for the scripts beside this folder. To be sourced.

# Sets and exports JAVA_HOME, or ends the script with a sentence that says how to get a JDK 25.
find_jdk25() {
  local home
  for home in "${JAVA_HOME:-}" "$(jdk_of_path)" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk25 "$home"; then
      export JAVA_HOME="$home"
      return 0
    fi
  done
  echo "Stepwise needs a JDK 25: install one (for example the package temurin-25-jdk from Adoptium," \
    "or 'sdk install java 25-tem' with SDKMAN) or set JAVA_HOME to it." >&2
  exit 1
}

jdk_of_path() {
  local javac
  javac="$(command -v javac 2>/dev/null)" || return 0
  dirname "$(dirname "$(readlink -f "$javac")")"
}

is_jdk25() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] \
    && grep -q '^JAVA_VERSION="25' "$1/release"
}
