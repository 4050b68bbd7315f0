# shellcheck shell=bash disable=SC2154
# Finds out which Debian packages a role needs and brings their files, with the host's own apt but
# apart from the host's package database: nothing is installed, and no root rights are needed.
# Sourced by build.sh, which sets: suite, arch, cache, locks, scratch.

apt_ready=
declare -A resolved=()

# debian_source: prints the address of the Debian archive that this host already uses.
debian_source() {
  if [[ ${OFFLINE_MIRROR:-} ]]; then
    echo "$OFFLINE_MIRROR"
    return
  fi
  # shellcheck disable=SC2016
  apt-get indextargets --no-release-info --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null \
    | awk -v suite="$suite" '
        $2 != "main" || $1 ~ /(security|updates|backports)/ || $3 !~ /^(mirror\+)?(https?|ftp|file|copy):/ { next }
        $1 == suite { same = same ? same : $3 }
        $1 ~ /^(bookworm|trixie|forky|duke|sid|stable|testing|unstable)$/ { debian = debian ? debian : $3 }
        END { if (same) print same; else if (debian) print debian; else exit 1 }'
}

# apt_start: private apt state in the scratch folder, with the host's way of reaching its mirror.
apt_start() {
  [[ ! $apt_ready ]] || return 0
  local mirror keyring=${OFFLINE_KEYRING:-} candidate apt=$scratch/apt
  for candidate in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
    [[ $keyring || ! -f $candidate ]] || keyring=$candidate
  done
  [[ -f $keyring ]] || lacking "Debian's archive keys are not on this machine." \
    "Install the package debian-archive-keyring, or name a key file in OFFLINE_KEYRING."
  mirror=$(debian_source) || lacking "This machine's apt sources name no Debian archive." \
    "Set OFFLINE_MIRROR to the address of a Debian mirror that this machine can reach."

  mkdir -p "$apt"/{lists/partial,etc} "$cache/partial"
  : >"$apt/status"
  echo "deb [arch=$arch signed-by=$keyring] $mirror $suite main" >"$apt/sources.list"
  {
    # Proxies, time-outs, mirrors past their date: whatever makes the mirror reachable from here.
    apt-config dump | grep -E '^Acquire::(https?|ftp|Check-Valid-Until|Check-Date|Max-ValidTime|Retries|ForceIPv[46])\b' || true
    [[ ! ${EXTRA_CA_FILE:-} ]] || {
      cat /etc/ssl/certs/ca-certificates.crt "$EXTRA_CA_FILE" >"$apt/ca.crt" 2>/dev/null || true
      echo "Acquire::https::CaInfo \"$apt/ca.crt\";"
    }
    cat <<EOF
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::Cache "$apt";
Dir::Cache::archives "$cache";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "$apt/etc";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$apt/etc";
Dir::Etc::parts "$apt/etc";
Dir::Etc::main "/dev/null";
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Debug::NoLocking "true";
EOF
  } >"$apt/apt.conf"
  if ! APT_CONFIG=$apt/apt.conf apt-get -q update >"$logs/apt.log" 2>&1 || grep -q '^W: Failed' "$logs/apt.log"; then
    failure "the package lists of Debian $suite could not be read, see $logs/apt.log:" "$logs/apt.log" \
      "Check that 'apt-get update' works on this machine, or set OFFLINE_MIRROR."
    return 1
  fi
  apt_ready=$apt/apt.conf
}

# wanted_packages ROLE: names, common ones first.
wanted_packages() {
  sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/lib/packages" "$here/roles/$1/packages"
}

# lock_is_valid ROLE: versions were resolved for exactly the packages that the recipe names today.
lock_header() {
  echo "# $suite $arch $(wanted_packages "$1" | sha256sum | cut -c1-16)"
}

lock_is_valid() {
  local first=
  [[ -f $locks/$1 ]] && IFS= read -r first <"$locks/$1" && [[ $first == "$(lock_header "$1")" ]]
}

# resolve ROLE: writes the exact version of every package the role needs.
resolve() {
  local wanted
  apt_start || return 1
  mapfile -t wanted < <(wanted_packages "$1")
  if ! APT_CONFIG=$apt_ready apt-get -q -s install "${wanted[@]}" >"$logs/$1.log" 2>&1; then
    failure "$1: Debian $suite cannot give its packages, see $logs/$1.log:" "$logs/$1.log" \
      "Another suite can be chosen with OFFLINE_SUITE, another mirror with OFFLINE_MIRROR."
    return 1
  fi
  {
    lock_header "$1"
    sed -nE 's/^Inst ([^ ]+) \(([^ ]+) [^[]*\[([a-z0-9]+)\]\).*/\1 \2 \3/p' "$logs/$1.log" | LC_ALL=C sort
  } >"$locks/$1.new"
  mv "$locks/$1.new" "$locks/$1"
  resolved[$1]=1
}

# deb_files ROLE: the files of the role's packages, base-files first: it brings the links
# /bin, /lib and /sbin that other packages' files must not replace.
deb_files() {
  local name version package_arch
  { grep '^base-files ' "$locks/$1"; grep -v -e '^#' -e '^base-files ' "$locks/$1"; } \
    | while read -r name version package_arch; do
        echo "$cache/${name}_${version//:/%3a}_$package_arch.deb"
      done
}

debs_are_cached() {
  local file
  while IFS= read -r file; do [[ -f $file ]] || return 1; done < <(deb_files "$1")
}

# fetch_packages ROLE: brings the packages; apt checks them against the signed lists.
fetch_packages() {
  local wanted
  debs_are_cached "$1" && return
  # The mirror may have moved on since the versions were resolved.
  [[ ${resolved[$1]:-} ]] || resolve "$1" || return 1
  mapfile -t wanted < <(wanted_packages "$1")
  if ! APT_CONFIG=$apt_ready apt-get -q -y -d install "${wanted[@]}" >"$logs/$1.log" 2>&1 || ! debs_are_cached "$1"; then
    failure "$1: its packages could not be fetched, see $logs/$1.log:" "$logs/$1.log" \
      "Run the command again: what has arrived is kept."
    return 1
  fi
}

# unpack_packages ROLE DIR: the packages' files, without what no container reads.
unpack_packages() {
  local file
  mkdir -p "$2"
  while IFS= read -r file; do
    dpkg-deb --fsys-tarfile "$file" | tar -x -C "$2" --keep-directory-symlink --no-same-owner \
      --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/info/*' \
      --exclude='./usr/share/lintian/*' --exclude='./usr/share/locale/*' || {
      failure "$1: the package $(basename "$file") could not be unpacked." "" "Remove $file and run the command again."
      return 1
    }
  done < <(deb_files "$1")
}
