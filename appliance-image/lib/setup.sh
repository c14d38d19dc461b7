# What run-here and test-here have in common: finds or installs what is missing, builds what has
# changed. Sourced by bash with `set -euo pipefail`; expects $root, the top of the repository.

started=$SECONDS
cache=${XDG_CACHE_HOME:-$HOME/.cache}/qonyrau
[ "$(id -u)" -ne 0 ] || cache=/var/cache/qonyrau
stamps=$root/.build

say() { printf '\033[1m[%3ds]\033[0m %s\n' "$((SECONDS - started))" "$*" >&2; }
die() { printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# Whoever was here before may have been somebody else, root above all.
need_own_repository() {
  local theirs owner
  theirs=$(find "$root" "$root"/{.build,.rehearsal,target,ui/dist,ui/node_modules,ui/node/node_modules,ui/src/generated} \
    "$root"/.build/* "$root"/.rehearsal/* "$root"/firmware-services/{bench,*/*}/target \
    -maxdepth 0 ! -writable -print -quit 2>/dev/null || true)
  if [ -n "$theirs" ]; then
    owner=$(stat -c %U "$theirs")
    die "parts of this repository belong to $owner, perhaps from an earlier run: $theirs.
Go on as $owner, or make them yours:
  sudo chown -R $(id -un) $root"
  fi
  mkdir -p "$stamps"
}
need_own_repository

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "needs root for: $*. Run it as root, or install sudo."
  fi
}

# Debian packages that are not there yet, in one apt run. An argument is a package, or COMMAND:PACKAGE
# where a command of that name, wherever it came from, will do.
need_packages() {
  command -v dpkg-query >/dev/null ||
    die "this is not a Debian-like machine; install by hand what is named in appliance-image/README.md"
  local missing=()
  local package
  for package in "$@"; do
    case $package in
      *:*)
        command -v "${package%%:*}" >/dev/null || missing+=("${package#*:}")
        continue
        ;;
    esac
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing Debian packages: ${missing[*]}"
  local log=$stamps/apt.log
  {
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
  } >"$log" 2>&1 || {
    tail -n 15 "$log" >&2
    die "apt could not install ${missing[*]}; the whole log is in $log"
  }
}

# Sets JAVA_HOME to a JDK 25: the one it names, one that lies where JDKs lie, or one from apt. Comes
# before everything else that is installed: who has to fetch one by hand should hear of it at once.
need_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/*; do
    if is_jdk_25 "$home"; then
      export JAVA_HOME=$home
      return 0
    fi
  done
  if ! apt_has openjdk-25-jdk-headless && command -v apt-get >/dev/null; then
    say "asking apt for a JDK 25"
    as_root apt-get update -q >"$stamps/apt.log" 2>&1 || {
      tail -n 15 "$stamps/apt.log" >&2
      die "apt could not update its lists; the whole log is in $stamps/apt.log"
    }
  fi
  if apt_has openjdk-25-jdk-headless; then
    need_packages openjdk-25-jdk-headless
    for home in /usr/lib/jvm/*; do
      if is_jdk_25 "$home"; then
        export JAVA_HOME=$home
        return 0
      fi
    done
  fi
  die "no JDK 25 was found, and this Debian release does not have one. Either
* get the archive (.tar.gz) of a JDK 25 for Linux from
    https://adoptium.net/temurin/releases/?version=25
  and unpack it as root, FILE being the archive:
    mkdir -p /usr/lib/jvm && tar -C /usr/lib/jvm -xzf FILE
* or set JAVA_HOME to one that lies elsewhere;
then start this again."
}

apt_has() { [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }

is_jdk_25() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] &&
    grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

# Debian's PostgreSQL, for clusters that tests and benchmarks make and end themselves. Its package would
# make one of its own and start it with the machine, unless it is told before.
need_postgresql() {
  if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
    return 0
  fi
  need_packages setpriv:util-linux postgresql-common
  as_root sed -i -E 's/^#? *create_main_cluster *=.*/create_main_cluster = false/' \
    /etc/postgresql-common/createcluster.conf
  need_packages postgresql
}

# The user that Asterisk runs as when this script is run by root.
need_asterisk_user() {
  [ "$(id -u)" -eq 0 ] || return 0
  id qonyrau >/dev/null 2>&1 && return 0
  need_packages useradd:passwd
  useradd --system --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin qonyrau
}

need_asterisk_bundle() {
  local path
  path=$("$root/appliance-image/asterisk-bundle/make" --print-path)
  [ -f "$path/inputs" ] || say "making the Asterisk bundle from Debian's packages (about a minute)"
  QONYRAU_ASTERISK_BUNDLE=$("$root/appliance-image/asterisk-bundle/make" 2> >(sed 's/^/        /' >&2))
  export QONYRAU_ASTERISK_BUNDLE
}

need_voices_bundle() {
  local path
  path=$("$root/appliance-image/voices-bundle/make" --print-path)
  [ -f "$path/inputs" ] || say "making the bundle of voices from Debian's packages (about a minute)"
  QONYRAU_VOICES_BUNDLE=$("$root/appliance-image/voices-bundle/make" 2> >(sed 's/^/        /' >&2))
  export QONYRAU_VOICES_BUNDLE
}

# changed NAME PATH...: whether anything below the paths differs from what is noted under NAME.
# Content is not read: names, sizes and times are enough to notice an edit, and cost no second.
changed() {
  local name=$1
  shift
  fingerprint=$(cd "$root" && find "$@" \
    \( -name target -o -name node_modules -o -name dist -o -name generated -o -name .git \) -prune -o \
    -type f -printf '%p %s %T@\n' | sort | sha256sum)
  [ "$fingerprint" != "$(cat "$stamps/$name" 2>/dev/null)" ]
}

note() { printf '%s\n' "$2" >"$stamps/$1"; }

# Puts the Node and npm of ui/node first. Those of a Debian release are too old for the front ends'
# tools: the npm of Debian 12 leaves out what its own Node could not run, without a word.
need_node() {
  changed node ui/node || [ ! -x "$root/ui/node/node_modules/.bin/node" ] || {
    export PATH=$root/ui/node/node_modules/.bin:$PATH
    return 0
  }
  local mark=$fingerprint
  say "installing Node with npm"
  npm_ci "$root/ui/node"
  note node "$mark"
  export PATH=$root/ui/node/node_modules/.bin:$PATH
}

# Installs the front ends' tools as the lock file says, if that changed.
need_ui_tools() {
  need_node
  changed ui-tools ui/package.json ui/package-lock.json ui/.npmrc || [ ! -d "$root/ui/node_modules" ] ||
    return 0
  local mark=$fingerprint
  say "installing the front ends' tools with npm"
  npm_ci "$root/ui"
  note ui-tools "$mark"
}

npm_ci() {
  (cd "$1" && npm ci --no-audit --no-fund) >"$stamps/npm.log" 2>&1 || {
    tail -n 15 "$stamps/npm.log" >&2
    die "npm ci failed; the whole log is in $stamps/npm.log"
  }
}

build_ui() {
  need_ui_tools
  if changed ui ui firmware-services/box/console/src/main/resources/openapi \
    firmware-services/central/office/src/main/resources/openapi ||
    [ ! -f "$root/ui/dist/box/index.html" ] || [ ! -f "$root/ui/dist/central/index.html" ]; then
    local mark=$fingerprint
    say "building the pages"
    (cd "$root/ui" && npm run --silent build) >"$stamps/ui.log" 2>&1 || {
      tail -n 30 "$stamps/ui.log" >&2
      die "the pages did not build; the whole log is in $stamps/ui.log"
    }
    note ui "$mark"
  fi
}

# Maven, quiet but not silent: one line per module.
maven() {
  (cd "$root" && mvn -B "$@" 2>&1) | tee "$stamps/maven.log" |
    stdbuf -oL sed -nE \
      -e 's/^\[INFO\] Building ([a-z-]+) .*\[([0-9]+\/[0-9]+)\]$/        \2 \1/p' \
      -e 's/^(Tests run: .*)/        \1/p' -e 's/^\[INFO\] (Tests run: [0-9]+, .*[0-9])$/        \1/p' \
      -e 's/^\[(WARNING|ERROR)\] (Tests run: .*|.*<<< (FAILURE|ERROR)!.*)/        \2/p' \
      -e '/^\[ERROR\]/p' >&2
}
