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
