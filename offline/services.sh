#!/usr/bin/env bash
# Builds the images of this repository's services where no image registry is reachable: the jars on the
# host, with Maven as the host has it set up, the images on the runtime image that offline/build.sh made.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: offline/services.sh [--in-docker] [SERVICE]...

Builds the named services, or all, and writes their image names to
.stack/offline.env. What has not changed is not built again.

  --in-docker   make the jars in Docker too, on the image of
                'offline/build.sh java-build'; for hosts without a JDK

EXTRA_CA_FILE    with --in-docker: PEM file of certificate authorities to trust
MAVEN_SETTINGS   with --in-docker: settings.xml to use
DOCKER           docker command; default: docker

Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 this machine lacks something.
EOF
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
state=$root/.stack/offline
env_file=$root/.stack/offline.env
logs=$state/logs
jars=$state/jars
docker=${DOCKER:-docker}

# shellcheck source=offline/lib/env-file.sh
source "$here/lib/env-file.sh"

lacking() {
  echo "services: $1" >&2
  echo "services: $2" >&2
  exit 3
}

in_docker=
services=()
mapfile -t all_services < <(cd "$root/docker/services" && printf '%s\n' *)
while (($#)); do
  case $1 in
    --in-docker) in_docker=1 ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *)
      [[ -f $root/docker/services/$1 ]] || {
        echo "services: there is no service '$1'; there are: ${all_services[*]}" >&2
        exit 2
      }
      services+=("$1")
      ;;
  esac
  shift
done
((${#services[@]})) || services=("${all_services[@]}")

{ "$docker" buildx version && "$docker" version; } >/dev/null 2>&1 || lacking "Docker or its build plug-in does not answer." \
  "Start Docker; Debian's packages are docker.io, docker-cli and docker-buildx."
# Images of the local engine must be usable as a base: that is the engine's own builder.
BUILDX_BUILDER=$("$docker" context show 2>/dev/null || echo default)
export BUILDX_BUILDER

setting() { [[ ! -f $env_file ]] || sed -n "s/^$1=//p" "$env_file"; }

runtime=${JAVA_RUNTIME_IMAGE:-$(setting JAVA_RUNTIME_IMAGE)}
[[ $runtime ]] || lacking "There is no Java runtime image." "Run 'offline/build.sh java-runtime' first."

# Everything a jar is made from.
sources_of() { (cd "$root" && find pom.xml "$1/pom.xml" "$1/src/main" src/checkstyle .mvn docker/build-jars -type f -print0) | LC_ALL=C sort -z; }
hash_files() { (cd "$root" && xargs -0 sha256sum) | sha256sum | cut -c1-12; }
jar_hash() { sources_of "$1" | hash_files; }
image_hash() {
  {
    jar_hash "$1"
    echo "$runtime"
    printf '%s\0' Dockerfile docker/{start,train,healthcheck,http-status} "docker/services/$1" | hash_files
  } | sha256sum | cut -c1-12
}

mkdir -p "$logs" "$jars"
exec 8>"$state/services.lock"
if command -v flock >/dev/null && ! flock -n 8; then
  echo 'services: another build is running, waiting for it' >&2
  flock 8
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

declare -A there=() image=() jar_of=()
while IFS= read -r name; do there[$name]=1; done \
  < <("$docker" image ls --format '{{.Repository}}:{{.Tag}}' 'monitoring-stack/*')
without_jar=()
for service in "${services[@]}"; do
  image[$service]=monitoring-stack/$service:$(image_hash "$service")
  [[ ! ${there[${image[$service]}]:-} ]] || continue
  jar_of[$service]=$jars/$service-$(jar_hash "$service")
  [[ -f ${jar_of[$service]}/$service.jar ]] || without_jar+=("$service")
done

# make_jars SERVICE...: in a copy of the sources, so that a build under way in the checkout is not disturbed.
make_jars() {
  local service copy=$scratch/source module
  command -v mvn >/dev/null || lacking "Maven is not installed." \
    "Install a JDK (17 or newer) and Maven (Debian and Ubuntu: apt-get install default-jdk-headless maven), or use --in-docker."
  mkdir -p "$copy"
  (cd "$root" && cp -a --parents pom.xml ./*/pom.xml src/checkstyle .mvn docker/build-jars "$copy")
  for module; do (cd "$root" && cp -a --parents "$module/src/main" "$copy"); done
  (cd "$copy" && docker/build-jars "$scratch/jars" "$@") >"$logs/jars.log" 2>&1 || true
  for service; do
    [[ -f $scratch/jars/$service.jar ]] || continue
    rm -rf "$jars/$service"-*
    mkdir -p "${jar_of[$service]}"
    cp -p "$scratch/jars/opentelemetry-javaagent.jar" "$scratch/jars/$service.jar" "${jar_of[$service]}/"
  done
}

if ((${#without_jar[@]})) && [[ ! $in_docker ]]; then
  started=$SECONDS
  printf 'services: jars of %s … ' "${without_jar[*]}"
  make_jars "${without_jar[@]}"
  missing=()
  for service in "${without_jar[@]}"; do
    [[ -f ${jar_of[$service]}/$service.jar ]] || missing+=("$service")
  done
  if ((${#missing[@]})); then
    echo 'failed'
    echo "services: no jar of ${missing[*]}, see $logs/jars.log:" >&2
    { grep ERROR "$logs/jars.log" || cat "$logs/jars.log"; } | sed -n '1,15s/^/    /p' >&2
  else
    echo "built in $((SECONDS - started)) s"
  fi
fi

build_image() {
  local service=$1 options=()
  if [[ $in_docker ]]; then
    local build_image=${JAVA_BUILD_IMAGE:-$(setting JAVA_BUILD_IMAGE)}
    [[ $build_image ]] || lacking "There is no image to make the jars on." "Run 'offline/build.sh java-build' first."
    options+=(--build-arg "JAVA_BUILD_IMAGE=$build_image")
    [[ ! ${EXTRA_CA_FILE:-} ]] || options+=(--secret "id=extra_ca,src=$EXTRA_CA_FILE")
    [[ ! ${MAVEN_SETTINGS:-} ]] || options+=(--secret "id=maven_settings,src=$MAVEN_SETTINGS")
  else
    # The stage "build" is not run; its base image must not be looked for either.
    options+=(--build-context "jars=${jar_of[$service]}" --build-arg JAVA_BUILD_IMAGE=scratch --network=none)
  fi
  "$docker" buildx build --progress=plain --load --provenance=false "${options[@]}" \
    --build-arg "SERVICE=$service" --build-arg "JAVA_RUNTIME_IMAGE=$runtime" \
    --tag "${image[$service]}" "$root" >"$logs/$service.log" 2>&1
}

failed=()
number=0
for service in "${services[@]}"; do
  number=$((number + 1))
  started=$SECONDS
  printf 'services: %s %d of %d … ' "$service" "$number" "${#services[@]}"
  if [[ ${there[${image[$service]}]:-} ]]; then
    echo 'already there'
  elif [[ ! $in_docker && ! -f ${jar_of[$service]}/$service.jar ]]; then
    echo 'failed'
    failed+=("$service")
    continue
  elif build_image "$service"; then
    echo "built in $((SECONDS - started)) s, $("$docker" image inspect --format '{{.Size}}' "${image[$service]}" \
      | awk '{ printf "%.0f MB", $1 / 1000000 }')"
  else
    echo 'failed'
    echo "services: $service: its image could not be built, see $logs/$service.log:" >&2
    tail -n 20 "$logs/$service.log" | sed 's/^/    /' >&2
    failed+=("$service")
    continue
  fi
  variable=${service//-/_}
  env_file_set "$env_file" "${variable^^}_IMAGE=${image[$service]}"
done

if ((${#failed[@]})); then
  echo "services: failed: ${failed[*]}" >&2
  exit 1
fi
