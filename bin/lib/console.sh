# Builds the console if its sources changed. To be sourced; expects $root.

# Sets $console to the folder with the built console; to nothing where it can't be built, with one
# sentence that says why. The server runs either way.
build_console() {
  local sources="$root/console" stamp="$root/console/target/.built"
  local log="$root/console/target/build.log"
  console="$sources/packages/app/dist"
  if [ -f "$stamp" ] && [ -f "$console/index.html" ] && [ -z "$(find "$sources" \
      \( -name node_modules -o -name target -o -name dist -o -name vendor -o -name test \
      -o -name journeys \) -prune -o -type f -newer "$stamp" -print -quit)" ]; then
    return 0
  fi
  if ! has_node; then
    [ -f "$console/index.html" ] || console=""
    echo "The console is not built: install Node.js 20.19 or later and run this again to see it" \
      "in a browser; everything else works without." >&2
    return 0
  fi
  echo "Building the console. The first time takes half a minute." >&2
  mkdir -p "${stamp%/*}"
  if (cd "$sources" && install_packages && npm run build) >"$log" 2>&1; then
    touch "$stamp"
  else
    [ -f "$console/index.html" ] || console=""
    echo "The console could not be built; what npm said is in $log. Everything else works." >&2
  fi
}

# Whether there is a Node.js that the console's tools run on, with npm.
has_node() {
  command -v npm >/dev/null && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1);
  ' 2>/dev/null
}

# Installs what the lock file says, if that has changed. To be called in the folder console.
install_packages() {
  local installed=target/.installed
  if [ ! -f "$installed" ] || [ ! -d node_modules ] || [ package-lock.json -nt "$installed" ]; then
    mkdir -p target && npm ci --no-audit --no-fund && touch "$installed"
  fi
}

# Checks the console, runs its tests, and a user's journeys in a browser against a real server.
# What can't be run for want of Node.js or Chromium is said by name, and skipped.
test_console() {
  build_console
  if ! has_node; then
    echo "Skipped for want of Node.js 20.19 or later: the console's checks, tests and journeys." >&2
    return 0
  fi
  # A console that can't be built or tested is a failure here.
  (cd "$root/console" && install_packages && npm run format && npm run check && npm test)
  [ -f "$root/console/packages/app/dist/index.html" ]
  if ! find_chromium; then
    echo "Skipped for want of Chromium: the console's journeys." >&2
    return 0
  fi
  (cd "$root/console" && npm run journeys)
}

# Whether there is a Chromium; installs Debian's where that is possible. Sets and exports CHROMIUM.
find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do
    [ -n "${CHROMIUM:-}" ] || CHROMIUM="$(command -v "$name" || true)"
  done
  if [ -z "$CHROMIUM" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the console's journeys." >&2
    { apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1 || true
    CHROMIUM="$(command -v chromium || true)"
  fi
  export CHROMIUM
  [ -n "$CHROMIUM" ]
}
