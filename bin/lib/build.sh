# Builds what is missing or out of date. To be sourced after jdk.sh; expects $root.

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
  command -v mvn >/dev/null || {
    echo "Stepwise is built with Apache Maven 3.8 or later: install it, then run this again." >&2
    exit 1
  }
  rm -rf "$lib" # jars of an earlier build must not be in the way
  echo "Building Stepwise (the first time takes a minute or two) ..." >&2
  (cd "$root" && mvn -q -B -ntp -pl "$module" -am package -Dmaven.test.skip=true -Dspotless.check.skip=true) >&2 \
    || { echo "The build failed; see above." >&2; exit 1; }
  touch "$stamp"
}
