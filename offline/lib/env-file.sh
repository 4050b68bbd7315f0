# shellcheck shell=bash
# env_file_set FILE [NAME=VALUE | NAME]...: sets or (bare NAME) removes variables in an env file,
# leaves the others, and replaces the file in one step so that no reader sees half of it.
env_file_set() {
  local file=$1 new line pair
  shift
  mkdir -p "$(dirname "$file")"
  (
    # Two builders may write at once.
    exec 9>"$file.lock"
    ! command -v flock >/dev/null || flock 9
    new=$(mktemp "$file.XXXXXX")
    {
      [[ ! -f $file ]] || while IFS= read -r line; do
        for pair; do
          [[ ${line%%=*} != "${pair%%=*}" ]] || continue 2
        done
        printf '%s\n' "$line"
      done <"$file"
      for pair; do
        [[ $pair != *=* ]] || printf '%s\n' "$pair"
      done
    } | LC_ALL=C sort >"$new"
    chmod 0644 "$new"
    if [[ -f $file ]] && cmp -s "$new" "$file"; then rm "$new"; else mv "$new" "$file"; fi
  )
}
