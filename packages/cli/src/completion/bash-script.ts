/**
 * Completion for bash, since 3.2, which macOS has. Ours, for that of @bomb.sh/tab needs a package beside bash, runs
 * what is being typed through `eval`, and completes no file names.
 */
export const BASH_SCRIPT = `# bash completion for clipflight
_clipflight() {
  # Words as blanks part them: bash's own are also parted at = and :, which stand in options and URLs.
  local -a words
  read -r -a words <<< "\${COMP_LINE:0:COMP_POINT}"
  case "\${COMP_LINE:0:COMP_POINT}" in *[[:space:]]) words+=('') ;; esac
  local current="\${COMP_WORDS[COMP_CWORD]}" line directive=0
  [ "$current" = '=' ] && current=''
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      :*) directive="\${line#:}" ;;
      ?*) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("\${words[0]}" complete -- "\${words[@]:1}" 2> /dev/null)
  if [ "$directive" -eq 0 ]; then
    compopt -o filenames 2> /dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
  fi
}
complete -F _clipflight clipflight
`
