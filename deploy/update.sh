#!/usr/bin/env bash
# Puts another version beside the one that runs, switches to it, and back when it does not come up.
#
#   update.sh [--no-way-back] [<tag, branch or commit>]      without one: the newest commit of origin's main branch
#
# $TOLOV_ROOT/source is the clone, releases/<commit> what was installed, current a link to what runs, .env the settings.
# What runs is not touched before the switch. docs/operations.md, "Update", says more.
set -euo pipefail
umask 022

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
root=${TOLOV_ROOT:-/opt/tolov}
unit=${TOLOV_UNIT:-tolov}
url=${TOLOV_URL:-http://127.0.0.1:8080}
keep=${TOLOV_KEEP:-3}
patience_s=${TOLOV_PATIENCE:-90}

say() { printf 'update: %s\n' "$*"; }
fail() {
  say "$*" >&2
  exit 1
}

way_back=yes
if [[ ${1:-} == --no-way-back ]]; then
  way_back=no
  shift
fi

mkdir -p "$root/releases"
exec 9>"$root/.update.lock"
flock --nonblock 9 || fail 'another update is under way.'

git_source() { git -C "$root/source" "$@"; }

# Fails when there is no such commit.
wanted_commit() {
  local name=${1:-origin/HEAD}
  git_source rev-parse --verify --quiet "origin/$name^{commit}" || git_source rev-parse --verify --quiet "$name^{commit}"
}

# What runs, and no more. Node itself is a development dependency, which --omit=dev leaves out: so all is installed, as the
# lock file has it, and Node is set aside while npm takes away what only developers need.
install_packages() {
  npm ci --no-audit --no-fund --loglevel=error
  if [[ -x node_modules/node/bin/node ]]; then
    mv node_modules/node/bin/node .node
    npm prune --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
    mkdir -p node_modules/node/bin node_modules/.bin
    mv .node node_modules/node/bin/node
    ln -sfn ../node/bin/node node_modules/.bin/node
  fi
  npm run --if-present slim
}

# Into a folder of another name first: a release is there as a whole or not at all.
install_release() {
  local commit=$1 release=$root/releases/$1
  [[ -d $release ]] && return
  rm -rf "$release.partial"
  mkdir "$release.partial"
  git_source archive "$commit" | tar -x -C "$release.partial"
  (
    cd "$release.partial"
    install_packages
  )
  ln -s ../../.env "$release.partial/.env"
  mv -T "$release.partial" "$release"
}

# The Node that a release brings along.
node_of() {
  if [[ -x $1/node_modules/.bin/node ]]; then echo "$1/node_modules/.bin/node"; else echo node; fi
}

switch_to() {
  ln -sfn "releases/$1" "$root/current.new"
  mv -T "$root/current.new" "$root/current"
  systemctl restart "$unit" || true
}

answers() { curl --silent --fail --max-time 5 --output /dev/null "$url/$1"; }

is_up() {
  local deadline=$((SECONDS + patience_s))
  until answers ready && answers health; do
    ((SECONDS < deadline)) || return 1
    # Given up by systemd: there is nothing to wait for.
    if systemctl is-failed --quiet "$unit"; then return 1; fi
    sleep 0.5
  done
}

# The newest ones stay, and whatever runs or ran a moment ago.
prune() {
  local release
  while read -r release; do
    [[ $release == "$1" || $release == "$2" ]] || rm -rf "$root/releases/$release"
  done < <(cd "$root/releases" && find . -mindepth 1 -maxdepth 1 -printf '%T@ %f\n' | sort -rn | tail -n "+$((keep + 1))" | cut -d' ' -f2)
}

[[ -z $(git_source remote) ]] || git_source fetch --quiet --tags --prune origin
commit=$(wanted_commit "${1:-}") || fail "there is no \"${1:-origin/HEAD}\" in $root/source."
before=$(readlink "$root/current" || true)
before=${before#releases/}
if [[ $commit == "$before" ]]; then
  say "$commit runs already."
  exit 0
fi

say "installing $commit beside what runs"
install_release "$commit"
release=$root/releases/$commit
touch "$release"

if [[ -n $before && $way_back == yes ]]; then
  apart=$("$(node_of "$release")" "$here/way-back.mjs" "$root/releases/$before" "$release")
  [[ -z $apart ]] || fail "$before can't work on the tables of $commit or the other way round (${apart//$'\n'/, }): there would be no way" \
    'back to it but a backup. Nothing was changed. Make a backup, then say --no-way-back.'
fi

switch_to "$commit"
if is_up; then
  prune "$commit" "$before"
  say "$commit runs. Before it: ${before:-nothing}."
  exit 0
fi
[[ -n $before ]] || fail "$commit did not come up within $patience_s s: see journalctl -u $unit."
[[ $way_back == yes ]] ||
  fail "$commit did not come up within $patience_s s, and $before can't work on its tables: see journalctl -u $unit, or restore the backup."
say "$commit did not come up within $patience_s s: going back to $before." >&2
switch_to "$before"
is_up || fail "$before does not come up any more either: see journalctl -u $unit."
fail "$before runs again; $commit was not taken: see journalctl -u $unit."
