#!/usr/bin/env bash
# Builds images for networks without an image registry, from Debian packages and Go modules.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: offline/build.sh [--refresh] [--quick] [ROLE]...
       offline/build.sh --list

Builds the named roles, or all that the stack needs, and writes their image
names to .stack/offline.env. What is already there is not built again. What can
neither be built nor was brought is left out, and named in .stack/offline.left-out.

  --list      roles, their tags and whether they are there
  --refresh   look for newer packages first
  --quick     compile nothing: Prometheus as Debian has it, the other programs
              only when they were brought or compiled before

OFFLINE_MIRROR    Debian mirror; default: the one this machine's apt uses
OFFLINE_SUITE     Debian suite; default: forky
OFFLINE_KEYRING   keys that sign it; default: Debian's
OFFLINE_CACHE     folder of fetched packages; default: .stack/offline/packages
OFFLINE_BINARIES  folder of programs that Debian does not have, as
                  NAME-VERSION-linux-ARCH.xz or .tar.xz, listed in SHA256SUMS
EXTRA_CA_FILE     PEM file of a certificate authority to trust besides the system's
DOCKER            docker command; default: docker

Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 this machine lacks something.
EOF
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
state=$root/.stack/offline
env_file=$root/.stack/offline.env
left_out_file=$root/.stack/offline.left-out
cache=${OFFLINE_CACHE:-$state/packages}
locks=$state/versions
logs=$state/logs
suite=${OFFLINE_SUITE:-forky}
# Not part of the stack: built only when named.
on_request=(java-build go-build)
docker=${DOCKER:-docker}

# failure SENTENCE LOG REMEDY
failure() {
  # Ends the role's progress line.
  echo 'failed'
  echo "offline: $1" >&2
  [[ ! $2 ]] || tail -n 20 "$2" | sed 's/^/    /' >&2
  echo "offline: $3" >&2
}

lacking() {
  # Ends the role's progress line, if one is open.
  ((${number:-0} == 0)) || echo 'failed'
  echo "offline: $1" >&2
  echo "offline: $2" >&2
  exit 3
}

# shellcheck source=offline/lib/env-file.sh
source "$here/lib/env-file.sh"
# shellcheck source=offline/lib/packages.sh
source "$here/lib/packages.sh"
# shellcheck source=offline/components.sh
source "$here/components.sh"

variable_of() {
  local name=${1//-/_}
  echo "${name^^}_IMAGE"
}

# tag_of ROLE: hash of everything the image is made from.
tag_of() {
  {
    cat "$locks/$1"
    [[ ! ${origins[$1]:-} ]] || echo "${origins[$1]}"
    (cd "$here" && find "roles/$1" lib -type f ! -name '*.md' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
  } | sha256sum | cut -c1-12
}

image_of() {
  echo "monitoring-stack/offline-$1:$(tag_of "$1")"
}

# What Docker has is asked once, not once per role.
load_images() {
  local image
  while IFS= read -r image; do there[$image]=1; done \
    < <("$docker" image ls --format '{{.Repository}}:{{.Tag}}' 'monitoring-stack/*')
}

build_role() {
  local role=$1 image=$2 tree=$scratch/$1 component=$scratch/$1.component log=$logs/$1.log
  mkdir -p "$component"
  unpack_packages "$role" "$tree" || return 1
  if ! "$docker" buildx build --progress=plain --load --network=none --provenance=false \
    --build-context packages="$tree" --build-context component="$component" --build-context lib="$here/lib" \
    --label io.monitoring-stack.offline.role="$role" \
    --label io.monitoring-stack.offline.component="${origins[$role]:-}" \
    --label io.monitoring-stack.offline.packages="$(role_versions "$role")" \
    --tag "$image" "$here/roles/$role" >"$log" 2>&1; then
    failure "$role could not be built, see $log:" "$log" "Run 'offline/build.sh $role' again after mending the cause above."
    return 1
  fi
  rm -rf "$tree" "$component"
}

# role_versions ROLE: the packages its recipe names, with their versions.
role_versions() {
  local name version
  while read -r name; do
    version=$(awk -v name="$name" '$1 == name { print $2 }' "$locks/$1")
    printf '%s=%s ' "$name" "$version"
  done < <(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/roles/$1/packages") | sed 's/ $//'
}

size_of() {
  "$docker" image inspect --format '{{.Size}}' "$1" | awk '{ printf "%.0f MB", $1 / 1000000 }'
}

list_roles() {
  local role image
  for role in "${all_roles[@]}"; do
    find_origin "$role"
    if [[ ${origins[$role]:-} == none ]]; then
      printf '%-18s %-60s %s\n' "$role" - 'left out unless brought (OFFLINE_BINARIES)'
      continue
    fi
    if ! lock_is_valid "$role"; then
      printf '%-18s %-60s %s\n' "$role" - 'not built'
      continue
    fi
    image=$(image_of "$role")
    if [[ ${there[$image]:-} ]]; then
      printf '%-18s %-60s %s\n' "$role" "$image" "there, $(size_of "$image")"
    else
      printf '%-18s %-60s %s\n' "$role" "$image" 'not built'
    fi
  done
}

check_machine() {
  local tool
  command -v "$docker" >/dev/null || lacking "Docker is not installed." \
    "Install Docker Engine (Debian and Ubuntu: apt-get install docker.io docker-cli docker-buildx)."
  "$docker" version --format '{{.Server.Version}}' >/dev/null 2>&1 || lacking "Docker does not answer." \
    "Start it (systemctl start docker), and see that this user may use it (group docker)."
  "$docker" buildx version >/dev/null 2>&1 || lacking "Docker's build plug-in is missing." \
    "Install it (Debian: apt-get install docker-buildx; elsewhere: docker-buildx-plugin)."
  for tool in apt-get apt-config dpkg dpkg-deb tar; do
    command -v "$tool" >/dev/null || lacking "'$tool' is missing: images are made from Debian packages." \
      "Build on a Debian or Ubuntu machine, or carry its images over with 'docker save' and 'docker load'."
  done
}

refresh=
quick=
list=
roles=()
while (($#)); do
  case $1 in
    --refresh) refresh=1 ;;
    --quick) quick=1 ;;
    --list) list=1 ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) roles+=("$1") ;;
  esac
  shift
done

mapfile -t all_roles < <(cd "$here/roles" && printf '%s\n' */ | tr -d /)
for role in "${roles[@]}"; do
  [[ -f $here/roles/$role/Dockerfile ]] || {
    echo "offline: there is no role '$role'; there are: ${all_roles[*]}" >&2
    exit 2
  }
done
if ((${#roles[@]} == 0)); then
  for role in "${all_roles[@]}"; do
    [[ " ${on_request[*]} " == *" $role "* ]] || roles+=("$role")
  done
fi

check_machine
# Images of the local engine must be usable as a base: that is the engine's own builder.
BUILDX_BUILDER=$("$docker" context show 2>/dev/null || echo default)
export BUILDX_BUILDER
arch=$(dpkg --print-architecture)
mkdir -p "$cache" "$locks" "$logs"
declare -A there=()
load_images

if [[ $list ]]; then
  list_roles
  exit 0
fi

exec 8>"$state/build.lock"
if command -v flock >/dev/null && ! flock -n 8; then
  echo 'offline: another build is running, waiting for it' >&2
  flock 8
  load_images
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# resolve_and_build ROLE: its image alone.
resolve_and_build() {
  local image
  lock_is_valid "$1" || resolve "$1" || return 1
  image=$(image_of "$1")
  [[ ! ${there[$image]:-} ]] || return 0
  fetch_packages "$1" && build_role "$1" "$(image_of "$1")"
}

# make_role ROLE: its image, and the end of its progress line. Status 2: left out.
make_role() {
  local role=$1 image started=$SECONDS status=0 reason=
  find_origin "$role"
  if [[ ${origins[$role]:-} == none ]]; then
    leave_out "$role" "Debian does not have it and it cannot be built from Go modules."
    return 2
  fi
  if [[ $refresh ]] || ! lock_is_valid "$role"; then
    resolve "$role" || return 1
  fi
  image=$(image_of "$role")
  if [[ ! ${there[$image]:-} && ${origins[$role]:-} ]]; then
    bring_component "$role" "$scratch/$role.component" || status=$?
    if ((status == 2)) && [[ -f $here/roles/$role/fallback ]]; then
      # Another tag than the wanted one's: the next run tries again.
      origins["$role"]=debian
      image=$(image_of "$role")
      [[ $quick ]] || echo "not from Go modules: $reason"
      [[ $quick ]] || printf 'offline: %s: ' "$role"
      printf '%s … ' "$(<"$here/roles/$role/fallback")"
    elif ((status == 2)); then
      leave_out "$role" "$reason."
      return 2
    elif ((status)); then
      return 1
    fi
  fi
  keep_brought "$role" || return 1
  if [[ ${there[$image]:-} ]]; then
    echo 'already there'
  else
    fetch_packages "$role" || return 1
    image=$(image_of "$role")
    build_role "$role" "$image" || return 1
    there[$image]=1
    echo "built in $((SECONDS - started)) s, $(size_of "$image")"
  fi
  env_file_set "$env_file" "$(variable_of "$role")=$image"
  set_left_out "$role"
}

# set_left_out ROLE [NAME]: whether the file of left out services names it.
set_left_out() {
  { grep -vxF -- "$1" "$left_out_file" || true; printf '%s' "${2:+$2$'\n'}"; } | LC_ALL=C sort >"$left_out_file.new"
  mv "$left_out_file.new" "$left_out_file"
}

# leave_out ROLE REASON
leave_out() {
  local component version
  read -r component version <"$here/roles/$1/component"
  echo 'left out'
  echo "offline: $1: left out: $2 Set OFFLINE_BINARIES to a folder with $component-$version-linux-$arch.xz (or .tar.xz) and SHA256SUMS." >&2
  env_file_set "$env_file" "$(variable_of "$1")"
  set_left_out "$1" "$1"
}

: >>"$left_out_file"
failed=()
left_out=()
number=0
for role in "${roles[@]}"; do
  number=$((number + 1))
  printf 'offline: %s %d of %d … ' "$role" "$number" "${#roles[@]}"
  status=0
  make_role "$role" || status=$?
  case $status in
    0) ;;
    2) left_out+=("$role") ;;
    *) failed+=("$role") ;;
  esac
done

((${#left_out[@]} == 0)) || echo "offline: left out: ${left_out[*]}" >&2
if ((${#failed[@]})); then
  echo "offline: failed: ${failed[*]}" >&2
  exit 1
fi
