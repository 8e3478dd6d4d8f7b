#!/usr/bin/env bash
# Builds the image, starts it read-only as compose.yaml does, waits for its own health check, and stops it.
#
#   scripts/image.sh                with Docker or Podman where one answers, else with buildah and runc (root)
#   scripts/image.sh --engine       with Docker or Podman alone: a minute or two
#   scripts/image.sh --stand-in     never pulls the base: Debian's packages and Node from npm take its place; some minutes
#
# Exit code 2: nothing here can build it; why stands in the last line. 1: it can't be built, or what was built does not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tag=localhost/tolov-check
work=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
undo=()
clean() {
  local each
  for each in "${undo[@]}"; do eval "$each" >/dev/null 2>&1 || true; done
  rm -rf "$work"
}
trap clean EXIT

say() { printf 'image: %s\n' "$*"; }
cannot() {
  say "NOT BUILT: $*" >&2
  exit 2
}

base=$(sed -n 's/^FROM \([^ ]*\)$/\1/p' Dockerfile)
health=$(sed -n '/^HEALTHCHECK/,/CMD/s/^ *CMD //p' Dockerfile)

# Runs the words of a JSON list behind the words given.
run_list() {
  local -a words
  mapfile -d '' words < <(node -e 'for (const word of JSON.parse(process.argv[1])) process.stdout.write(word + "\0")' "${!#}")
  "${@:1:$#-1}" "${words[@]}"
}

# Until its health check says yes, or it is gone. "$1": a command that fails when it is; the rest: runs a command inside.
wait_for_health() {
  local alive=$1 deadline=$((SECONDS + 90))
  shift
  until run_list "$@" "$health" >/dev/null 2>&1; do
    if ! $alive >/dev/null 2>&1 || ((SECONDS > deadline)); then return 1; fi
    sleep 1
  done
}

# With an engine that speaks Docker's language.
with_engine() {
  local engine=$1 id
  "$engine" pull --quiet "$base" >/dev/null || cannot "$engine got no $base."
  "$engine" build --tag "$tag" .
  undo+=("$engine rmi $tag")
  id=$("$engine" run --detach --read-only --tmpfs /tmp:size=256m --cap-drop ALL --security-opt no-new-privileges \
    --env "PORT=$port" "$tag")
  undo=("$engine rm --force --volumes $id" "${undo[@]}")
  wait_for_health "$engine top $id" "$engine" exec "$id" || {
    "$engine" logs "$id" >&2
    say "it does not become healthy" >&2
    return 1
  }
  "$engine" stop -t 15 "$id" >/dev/null
  [[ $("$engine" inspect --format '{{.State.ExitCode}}' "$id") == 0 ]] || {
    say 'it does not stop in order' >&2
    return 1
  }
}

# What the real base has and the Dockerfile uses: Debian, Node, npm and the user "node".
stand_in() {
  local root=$work/base npm
  say "a stand-in takes the place of $base"
  debootstrap --variant=minbase bookworm "$root" >"$work/debootstrap.log" 2>&1 || {
    tail -n 3 "$work/debootstrap.log" >&2
    cannot 'debootstrap got no Debian.'
  }
  install -m 755 node_modules/node/bin/node "$root/usr/local/bin/node"
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  mkdir -p "$root/usr/local/lib/node_modules"
  cp -rL "$npm" "$root/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  chroot "$root" useradd --uid 1000 --create-home node
  local container
  container=$(buildah from scratch)
  undo+=("buildah rm $container")
  buildah copy --quiet "$container" "$root" / >/dev/null
  buildah commit --quiet "$container" "docker.io/library/$base" >/dev/null
  undo+=("buildah rmi docker.io/library/$base")
}

# Without an engine: buildah builds in a chroot, runc starts what came of it.
with_buildah() {
  local container root bundle=$work/bundle
  if [[ $1 == --stand-in ]] || ! timeout 60 buildah pull --quiet "docker.io/library/$base" >/dev/null 2>&1; then stand_in; fi
  # How this machine gets packages: its registry and its certificates, for the building alone.
  cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$work/certificates"
  printf 'registry=%s\ncafile=/tmp/certificates\n' "$(npm config get registry)" >"$work/npmrc"
  buildah bud --quiet --isolation chroot --network host --pull=never --format docker --tag "$tag" \
    --volume "$work/npmrc:/root/.npmrc:ro" --volume "$work/certificates:/tmp/certificates:ro" .
  undo+=("buildah rmi $tag")
  container=$(buildah from --pull=never "$tag")
  root=$(buildah mount "$container")
  undo=("buildah rm $container" "${undo[@]}")
  mkdir -p "$bundle/data" "$bundle/backups"
  chown 1000:1000 "$bundle/data" "$bundle/backups"
  node scripts/image-bundle.mjs "$bundle" "$root" "$port" "$(buildah inspect --type image "$tag" | node -e '
    let text = ""; process.stdin.on("data", (chunk) => (text += chunk)).on("end", () => {
      const { config } = JSON.parse(text).OCIv1; console.log(JSON.stringify(config)); })')"
  runc run --bundle "$bundle" tolov-check >"$work/log" 2>&1 &
  local running=$!
  undo=('runc delete --force tolov-check' "${undo[@]}")
  wait_for_health "kill -0 $running" runc exec --user 1000:1000 tolov-check || {
    tail -n 20 "$work/log" >&2
    say 'it does not become healthy' >&2
    return 1
  }
  if runc exec --user 1000:1000 tolov-check node -e 'require("node:fs").writeFileSync("/app/x", "")' 2>/dev/null; then
    say 'its files can be changed' >&2
    return 1
  fi
  runc kill tolov-check TERM
  wait "$running" || {
    say 'it does not stop in order' >&2
    return 1
  }
}

mode=${1:-}
if [[ $mode != --stand-in ]]; then
  for engine in docker podman; do
    if command -v "$engine" >/dev/null && "$engine" info >/dev/null 2>&1; then
      with_engine "$engine"
      say "built, started read-only, healthy and stopped, by $engine"
      exit 0
    fi
  done
fi
[[ $mode != --engine ]] || cannot 'no Docker or Podman answers. "npm run image" builds it without them.'
[[ $(id -u) == 0 ]] || cannot 'no Docker or Podman answers, and buildah needs root here.'
for program in buildah runc debootstrap; do
  command -v "$program" >/dev/null || cannot "no Docker or Podman answers, and there is no $program."
done
[[ -x node_modules/node/bin/node ]] || cannot 'there is no node_modules: run npm ci.'
with_buildah "${mode:-pull}"
say 'built, started read-only, healthy and stopped, by buildah and runc'
