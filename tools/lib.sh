# Shared by ./dev and the scripts beside this file. To be sourced.

say() { printf '%s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Runs a command as root: directly, or through sudo.
as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"
  elif command -v sudo > /dev/null; then sudo "$@"
  else die "this needs root: $*. Run it as root, or install sudo."
  fi
}

# Packages among the arguments that are not installed, one a line.
missing_packages() {
  local installed
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2> /dev/null | awk '$2 == "installed" {print $1}' || true)
  comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<< "$installed")
}

NODE_LEAST="24.15"  # what frontend/ needs

# Folder of a Node.js that can build the web app: the machine's own, or the one that deps/node pins.
node_folder() {
  local own
  own=$(command -v node || true)
  if [[ -n "$own" ]] && printf '%s\n%s\n' "$NODE_LEAST" "$("$own" --version | sed 's/^v//')" | sort -V -C; then
    dirname "$own"
  else
    echo "$PWD/build/deps/node/bin"
  fi
}

configure() {  # preset
  [[ -f "build/$1/build.ninja" ]] || cmake --preset "$1" > /dev/null
}

compile() {  # preset targets...
  local preset="$1"; shift
  cmake --build "build/$preset" --target "$@"
}
