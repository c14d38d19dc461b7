# What the bundles have in common: a bundle is a few programs with all libraries that they need,
# taken out of Debian's packages, in one directory that any ordinary user of any Linux machine can
# start through its own loader. Sourced by bash with `set -euo pipefail`.
#
# Expects $name, $here, $suite and $mirror; the script that sources this is the bundle's `make`.

say() { printf '%s: %s\n' "$name" "$*" >&2; }
die() { say "$*"; exit 1; }

usage="use make [DEST] or make --print-path"

is_made() { [ "$(cat "$dest/inputs" 2>/dev/null)" = "$inputs" ]; }

# bundle_begin FILE... -- ARGUMENT...: reads the command line. Ends the script if the bundle is made
# of the same files already. Sets $dest, where it will be, $fresh, where it is put together, and
# $work, a directory for everything else.
bundle_begin() {
  local files=()
  while [ "$1" != -- ]; do
    files+=("$1")
    shift
  done
  shift
  # The mirror is left out: mirrors carry the same packages.
  inputs=$({ printf '%s\n' "$suite"; cat "${files[@]}"; } | sha256sum | cut -c1-16)
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/qonyrau
  [ "$(id -u)" -ne 0 ] || cache=/var/cache/qonyrau
  local default=$cache/${name%-bundle}-$inputs
  case ${1:-} in
    --print-path) printf '%s\n' "$default"; exit 0 ;;
    -h | --help) sed -n '2,/^set/p' "$here/make" | sed '$d; s/^# \{0,1\}//'; exit 0 ;;
    -*) die "unknown option '$1'; $usage" ;;
    '') dest=$default ;;
    *) dest=$(readlink -m -- "$1") ;;
  esac
  [ $# -le 1 ] || die "too many arguments; $usage"
  end_if_made
  [ "$(uname -m)" = x86_64 ] || die "the bundle is made for x86_64 only; this machine is $(uname -m)"
  command -v mmdebstrap >/dev/null ||
    die "mmdebstrap is missing. Install it with: apt-get install mmdebstrap"
  mkdir -p "$(dirname "$dest")"
  exec 9>"$dest.lock"
  if ! flock -n 9; then
    say "another run is making the bundle; waiting for it"
    flock 9
  fi
  end_if_made
  work=$(mktemp -d "${TMPDIR:-/tmp}/$name.XXXXXX")
  fresh=$dest.fresh.$$
  trap 'rm -rf "$work" "$fresh"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

end_if_made() {
  if is_made; then
    printf '%s\n' "$dest"
    exit 0
  fi
}

# bundle_fetch COMPONENTS PACKAGE,... [TAR-OPTION...]: unpacks packages and what they depend on into
# $tree.
bundle_fetch() {
  local components=$1 packages=$2
  shift 2
  # Without root, packages are unpacked without a change of root, which needs no rights at all.
  local mode=root
  [ "$(id -u)" -eq 0 ] || mode=chrootless
  # Packages are unpacked, never configured: no program of theirs runs here. An outdated release
  # file is no danger, since all that the bundle trusts is its signature.
  if ! mmdebstrap --mode="$mode" --variant=extract --components="$components" \
    --aptopt='Acquire::Check-Valid-Until "false"' --include="$packages" \
    "$suite" "$work/tree.tar" ${mirror:+"$mirror"} 2>"$work/mmdebstrap.log"; then
    tail -n 15 "$work/mmdebstrap.log" >&2
    die "Debian's packages could not be fetched. Is the network up? Set MIRROR to choose another mirror"
  fi
  say "taking out what is needed"
  tree=$work/tree
  mkdir "$tree"
  tar -xf "$work/tree.tar" -C "$tree" --no-same-owner \
    --exclude='./dev' --exclude='./usr/share/locale' --exclude='./usr/share/man' "$@"
  rm "$work/tree.tar"
  libraries=$tree/usr/lib/x86_64-linux-gnu
}

# bundle_libraries BINARY...: puts the loader and all libraries that the binaries need into $fresh/lib.
bundle_libraries() {
  local loader=$libraries/ld-linux-x86-64.so.2 binary folder
  local paths=$libraries
  # Some libraries lie in directories of their own, to which only their neighbours know the way.
  for folder in "$libraries"/*/; do
    paths+=:${folder%/}
  done
  mkdir -p "$fresh/lib"
  cp -L "$loader" "$fresh/lib/"
  for binary in "$@"; do
    "$loader" --inhibit-cache --library-path "$paths" --list "$binary"
  done >"$work/needed"
  if grep -q 'not found' "$work/needed"; then
    grep 'not found' "$work/needed" | sort -u >&2
    die "libraries are missing in Debian's packages"
  fi
  awk '$2 == "=>" && $3 ~ /^\// {print $3}' "$work/needed" | sort -u | xargs cp -L -t "$fresh/lib"
}

# bundle_licenses PACKAGE...
bundle_licenses() {
  local package
  mkdir -p "$fresh/licenses"
  for package in "$@"; do
    cp -L "$tree/usr/share/doc/$package/copyright" "$fresh/licenses/$package"
  done
}

# bundle_run PROGRAM ARGUMENT...: runs a program of $fresh/bin.
bundle_run() {
  local program=$1
  shift
  "$fresh/lib/ld-linux-x86-64.so.2" --inhibit-cache --library-path "$fresh/lib" "$fresh/bin/$program" "$@"
}

# bundle_end VERSION: puts the bundle in its place, whole.
bundle_end() {
  chmod -R a+rX,go-w "$fresh"
  printf '%s\n' "$1" >"$fresh/version"
  # The last file: a bundle that has it is whole.
  printf '%s\n' "$inputs" >"$fresh/inputs"
  rm -rf "$dest"
  mv -T "$fresh" "$dest"
  say "$1 is ready, $(du -sh "$dest" | cut -f1)"
  printf '%s\n' "$dest"
}
