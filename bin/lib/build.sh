# Builds what is missing or out of date. To be sourced after jdk.sh; expects $root.

# Ends the script with a sentence if Maven is missing.
find_maven() {
  command -v mvn >/dev/null || {
    echo "Stepwise is built with Apache Maven 3.8 or later: install it, then run this again." >&2
    exit 1
  }
}

# Runs Maven on the JDK that was found. Maven's own libraries are older than that JDK, which warns
# of them; nobody who builds Stepwise can do anything about it.
run_maven() {
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}" \
    mvn -B -Dstyle.color=never "$@"
}

# Reads what Maven writes; writes what somebody who waits wants to know.
show_progress() {
  local line files=0
  while IFS= read -r line; do
    if [[ "$line" =~ ^\[INFO\]\ Building\ ([^ ]+)\ .*\[([0-9]+/[0-9]+)\]$ ]]; then
      printf '  %7s  %s\n' "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]}"
    elif [[ "$line" == "Downloaded from "* ]] && files=$((files + 1)) && ((files % 50 == 0)); then
      printf '  %7s  %d files downloaded\n' "" "$files"
    fi
  done
}

# Runs Maven, shows a line for each module and now and then one for what is downloaded, and what
# Maven says only if it fails. Arguments: those of Maven.
build_with_progress() {
  local log="$root/target/build.log"
  mkdir -p "$root/target"
  (cd "$root" && run_maven "$@" 2>&1) | tee "$log" | show_progress
  if [ "${PIPESTATUS[0]}" -ne 0 ]; then
    grep -a '^\[ERROR\]\|COMPILATION\|Caused by' "$log" | head -30
    echo "The build failed; all that Maven said is in $log."
    return 1
  fi
}

# Sets $lib to the folder with the jars of a module, built from the present sources.
# Arguments: the module, as a folder.
build_module() {
  local module="$1"
  lib="$root/$module/target/lib"
  local stamp="$root/$module/target/.built"
  if [ -f "$stamp" ] && [ -z "$(find "$root" \( -name node_modules -o -name target -o -name .git \
      -o -name test -o -name stepwise-data \) -prune -o \( -name '*.java' -o -name 'pom.xml' \
      -o -path '*/src/main/resources/*' \) -newer "$stamp" -type f -print -quit)" ]; then
    return 0
  fi
  find_maven
  rm -rf "$lib" # jars of an earlier build must not be in the way
  echo "Building Stepwise. The first time takes two to six minutes, most of it for downloads." >&2
  build_with_progress -pl "$module" -am package -Dmaven.test.skip=true -Dspotless.check.skip=true >&2 \
    || exit 1
  touch "$stamp"
}
