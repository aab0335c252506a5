# What is worth keeping between starts: the classes as the JVM has them in memory (its AOT cache),
# and the native library of RocksDB. To be sourced after build.sh; expects $root, $lib, $JAVA_HOME.
#
# The JVM itself checks the cache against its version and the jars, and goes on without it where it
# does not fit, so nothing here can stop a start; the cache is only made anew as soon as that helps.

# Sets $class_path, always in the same order, and $java_options.
start_options() {
  local LC_ALL=C IFS=: jars
  jars=("$lib"/*.jar)
  class_path="${jars[*]}"
  cache="$lib/../cache"
  java_options=("@$root/bin/lib/jvm.options" "-Dstepwise.cache=$cache")
  # Else RocksDB runs a shell at each start to learn which C library this is.
  compgen -G "/lib/ld-musl-*" >/dev/null && export ROCKSDB_MUSL_LIBC=true || export ROCKSDB_MUSL_LIBC=false
}

# Adds the cache to $java_options if there is a fitting one; has it made otherwise.
# STEPWISE_START_CACHE: background (default), wait, or off.
use_start_cache() {
  local mode="${STEPWISE_START_CACHE:-background}" key
  [ "$mode" != off ] || return 0
  # The release file names the JDK, the options the collector.
  key="$JAVA_HOME $(<"$JAVA_HOME/release") $(<"$root/bin/lib/jvm.options") $class_path"
  if ! start_cache_fits "$key"; then
    case "$mode" in
      wait) make_start_cache "$key" || true ;;
      *) make_start_cache "$key" </dev/null >/dev/null 2>&1 & ;;
    esac
  fi
  if start_cache_fits "$key"; then
    java_options+=("-XX:AOTCache=$cache/start.aot" "-Xlog:aot*=off")
  fi
}

# Whether there is a cache of this key, newer than every jar.
start_cache_fits() {
  local jar
  [ -f "$cache/start.aot" ] && [ -f "$cache/start.key" ] \
    && [ "$(<"$cache/start.key")" = "$1" ] || return 1
  for jar in "$lib"/*.jar; do
    [ "$cache/start.key" -nt "$jar" ] || return 1
  done
}

# Runs the server and a state machine once, watched by the JVM, and keeps what it saw.
# Whoever makes the folder $cache/making makes the cache; a maker that was killed is forgotten.
make_start_cache() {
  local making="$cache/making"
  mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ] || return 0
  [ -z "$(find "$making" -maxdepth 0 -mmin +3 2>/dev/null)" ] || rm -rf "$making"
  mkdir "$making" 2>/dev/null || return 0
  if nice -n 19 "$JAVA_HOME/bin/java" "@$root/bin/lib/jvm.options" "-Dstepwise.cache=$cache" \
      "-XX:AOTCacheOutput=$making/start.aot" -cp "$class_path" \
      io.stepwise.cli.StartRehearsal "$making" >"$cache/start.log" 2>&1 \
    && [ -s "$making/start.aot" ]; then
    # Readers see the new key only after the new cache; the JVM checks the cache for itself anyway.
    printf '%s' "$1" >"$making/start.key"
    mv -f "$making/start.aot" "$cache/start.aot" && mv -f "$making/start.key" "$cache/start.key"
  fi
  rm -rf "$making"
}
