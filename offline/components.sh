# shellcheck shell=bash disable=SC2034,SC2154
# Programs that Debian does not have. A role that needs one names it in its file "component"; it is
# taken from OFFLINE_BINARIES, or from an earlier run, or built from the Go modules in modules/.
# Sourced by build.sh, which sets: here, state, logs, arch, docker, scratch, quick.

binaries=$state/binaries
declare -A origins=()
modules_unreachable=

component_of() { [[ ! -f $here/roles/$1/component ]] || cut -d' ' -f1 "$here/roles/$1/component"; }

# find_brought COMPONENT: prints the newest file that was brought and its listed checksum.
find_brought() {
  local folder file
  for folder in ${OFFLINE_BINARIES:+"$OFFLINE_BINARIES"} "$binaries/brought"; do
    [[ -d $folder ]] || continue
    file=$(find "$folder" -maxdepth 1 -name "$1-[0-9]*-linux-$arch*.xz" | sort -V | tail -n 1)
    [[ $file ]] || continue
    awk -v name="${file##*/}" '$2 == name || $2 == "*" name { print $1; exit }' "$folder/SHA256SUMS" 2>/dev/null | grep . || echo unlisted
    echo "$file"
    return
  done
}

# module_key COMPONENT: hash of all that a build from modules depends on; go.sum pins the rest.
module_key() {
  (cd "$here/modules/$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; echo "$arch") | sha256sum | cut -c1-16
}

# find_origin ROLE: sets origins[ROLE]: where its program comes from. Part of the image's tag.
find_origin() {
  local component brought
  component=$(component_of "$1")
  [[ $component ]] || return 0
  mapfile -t brought < <(find_brought "$component")
  if ((${#brought[@]})); then
    origins[$1]="brought ${brought[0]}"
  elif [[ -d $here/modules/$component ]]; then
    origins[$1]="modules $(module_key "$component")"
  else
    origins[$1]=none
  fi
}

# bring_component ROLE DIR: puts the role's program into DIR.
# Status 1: failed, and said why. Status 2: cannot be had here, reason in the variable "reason".
bring_component() {
  local component
  component=$(component_of "$1")
  mkdir -p "$2"
  case ${origins[$1]:-none} in
    brought*) unpack_brought "$1" "$component" "$2" ;;
    modules*) copy_built "$1" "$component" "$2" ;;
  esac
}

# unpack_brought ROLE COMPONENT DIR
unpack_brought() {
  local brought
  command -v xz >/dev/null || lacking "'xz' is missing." "Install it (Debian and Ubuntu: apt-get install xz-utils)."
  mapfile -t brought < <(find_brought "$2")
  check_brought "$1" "${brought[@]}" || return 1
  case ${brought[1]} in
    *.tar.xz) tar -xJf "${brought[1]}" -C "$3" --no-same-owner && lift_single_folder "$3" ;;
    *) xz -dc "${brought[1]}" >"$3/$2" && chmod 0755 "$3/$2" ;;
  esac || {
    failure "$1: ${brought[1]##*/} could not be unpacked." "" "Check the free space and bring the file again."
    return 1
  }
}

# check_brought ROLE SUM FILE
check_brought() {
  local name=${3##*/} list=${3%/*}/SHA256SUMS
  if [[ $2 == unlisted ]]; then
    failure "$1: $name is not listed in $list." "" "Make the list there: sha256sum *.xz >SHA256SUMS"
    return 1
  fi
  echo "$2  $3" | sha256sum --check --quiet - >/dev/null 2>&1 || {
    failure "$1: $name is not what $list says." "" "Bring the file again."
    return 1
  }
}

# keep_brought ROLE: a copy, so that a later run without OFFLINE_BINARIES makes the same image.
keep_brought() {
  local brought name kept=$binaries/brought
  [[ ${origins[$1]:-} == brought* ]] || return 0
  mapfile -t brought < <(find_brought "$(component_of "$1")")
  name=${brought[1]##*/}
  ! grep -qsxF "${brought[0]}  $name" "$kept/SHA256SUMS" || return 0
  check_brought "$1" "${brought[@]}" || return 1
  mkdir -p "$kept"
  if ! cp "${brought[1]}" "$kept/$name.part" || ! mv -f "$kept/$name.part" "$kept/$name"; then
    failure "$1: $name could not be copied to $kept." "" "Check the free space."
    return 1
  fi
  { grep -vF "  $name" "$kept/SHA256SUMS" 2>/dev/null || true; echo "${brought[0]}  $name"; } >"$kept/SHA256SUMS.new"
  mv "$kept/SHA256SUMS.new" "$kept/SHA256SUMS"
}

# lift_single_folder DIR: archives usually hold one folder, named after the version.
lift_single_folder() {
  local entries=("$1"/*)
  [[ ${#entries[@]} == 1 && -d ${entries[0]} ]] || return 0
  mv "${entries[0]}" "$1.lifted" && rmdir "$1" && mv "$1.lifted" "$1"
}

# copy_built ROLE COMPONENT DIR: from the cache, into which it is built when missing.
copy_built() {
  local built
  built=$binaries/$2-$(module_key "$2")
  if [[ ! -d $built ]]; then
    [[ ! $quick ]] || {
      reason="it is not compiled yet"
      return 2
    }
    rm -rf "$built.part"
    mkdir -p "$built.part"
    build_modules "$1" "$2" "$built.part" || return
    # Earlier versions of it.
    find "$binaries" -maxdepth 1 -name "$2-*" ! -path "$built.part" -exec rm -rf {} +
    mv "$built.part" "$built"
  fi
  cp -a "$built/." "$3"
}

# build_modules ROLE COMPONENT OUT
build_modules() {
  local module=$here/modules/$2 log=$logs/$2-modules.log flags=() name target started=$SECONDS
  [[ ! $modules_unreachable ]] || {
    reason=$modules_unreachable
    return 2
  }
  choose_go "$module" >"$log" 2>&1 || {
    reason="there is no Go that can build it, see $log"
    return 2
  }
  [[ ! -f $module/flags ]] || mapfile -t flags <"$module/flags"
  go_out=$3
  [[ ! $go_image ]] || go_out=/out
  printf 'from Go modules, minutes the first time … '
  while read -r name target; do
    if ! run_go "$module" "$3" list -deps -mod=readonly "${flags[@]}" "$target" </dev/null 2>>"$log" >/dev/null; then
      reason="its modules cannot be fetched, see $log"
      # Then the others need not try.
      if grep -qE 'dial tcp|no such host|i/o timeout|deadline exceeded|connection refused|proxyconnect|x509|disabled by GOPROXY' "$log"; then
        reason="no Go module proxy can be reached (GOPROXY), see $log"
        ! grep -q 'x509' "$log" || reason="the Go module proxy's certificate is not trusted (EXTRA_CA_FILE), see $log"
        modules_unreachable=$reason
      fi
      return 2
    fi
    if ! run_go "$module" "$3" build -mod=readonly -trimpath -buildvcs=false "${flags[@]}" -o "$go_out/$name" "$target" </dev/null >>"$log" 2>&1; then
      failure "$1 could not be built from Go modules, see $log:" "$log" \
        "Mend the cause and run 'offline/build.sh $1' again, or bring the program (OFFLINE_BINARIES)."
      return 1
    fi
  done <"$module/commands"
  printf 'compiled in %d s … ' $((SECONDS - started))
}

# choose_go MODULE: the host's Go when it is new enough (or can bring one that is), else Debian's, in Docker.
choose_go() {
  go_image=
  if command -v go >/dev/null && (cd "$1" && GOWORK=off go list -m); then return; fi
  echo "Taking Go from Debian packages."
  resolve_and_build go-build || return 1
  go_image=$(image_of go-build)
}

# run_go MODULE OUT ARGUMENT...
run_go() {
  local module=$1 out=$2 options=() name settings=${HOME:-}/.config/go/env
  shift 2
  if [[ ! $go_image ]]; then
    (cd "$module" && CGO_ENABLED=0 GOOS=linux GOARCH=$arch GOWORK=off go "$@")
    return
  fi
  mkdir -p "$state/go"
  # What this machine's Go and network settings say also holds inside.
  for name in GOPROXY GOFLAGS GONOPROXY GOPRIVATE GOSUMDB GONOSUMDB GOINSECURE GOAUTH \
    HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy; do
    [[ ! ${!name:-} ]] || options+=(-e "$name")
  done
  [[ ! -f $settings ]] || options+=(-v "$settings:/go-env:ro" -e GOENV=/go-env)
  [[ ! ${EXTRA_CA_FILE:-} ]] || options+=(-v "$(realpath "$EXTRA_CA_FILE"):/etc/ssl/extra/ca.pem:ro" -e SSL_CERT_DIR=/etc/ssl/extra)
  # -modcacherw: the folder can be removed like any other.
  "$docker" run --rm --init --user "$(id -u):$(id -g)" -w /module \
    -v "$module:/module:ro" -v "$out:/out" -v "$state/go:/go" \
    -e HOME=/go -e GOPATH=/go -e GOCACHE=/go/cache -e CGO_ENABLED=0 -e GOOS=linux -e GOARCH="$arch" -e GOWORK=off -e GOTOOLCHAIN=local \
    "${options[@]}" "$go_image" go "$1" -modcacherw "${@:2}"
}
