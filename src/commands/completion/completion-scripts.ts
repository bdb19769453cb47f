/**
 * What each shell evaluates. All of them hand the words to `mxt __complete`, which answers a candidate a line, a tab
 * and a description, or `:files`. Words are passed on as they are, and never evaluated.
 */

const BASH = String.raw`# mxt completion for bash: eval "$(mxt completion bash)"
_mxt() {
  COMPREPLY=()
  local line
  while IFS= read -r line; do
    [ "$line" = ':files' ] && return
    COMPREPLY+=("$(printf '%q' "${'$'}{line%%$'\t'*}")")
  done < <("$1" __complete -- "${'$'}{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o bashdefault -o default -F _mxt mxt
`;

const ZSH = String.raw`#compdef mxt
# mxt completion for zsh: eval "$(mxt completion zsh)", after compinit
_mxt() {
  local line
  local -a found
  while IFS= read -r line; do
    if [[ $line == ':files' ]]; then _files; return; fi
    found+=("${'$'}{${'$'}{line//:/\\:}/$'\t'/:}")
  done < <("${'$'}{words[1]}" __complete -- "${'$'}{(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( $#found )) && _describe 'mxt' found
}
if [[ $funcstack[1] == _mxt ]]; then _mxt "$@"; else compdef _mxt mxt; fi
`;

const FISH = String.raw`# mxt completion for fish: mxt completion fish | source
function __mxt_complete
    set -l before (commandline -opc)
    set -l token (commandline -ct)
    set -l found ($before[1] __complete -- $before[2..-1] "$token" 2>/dev/null)
    if test "$found" = ':files'
        __fish_complete_path "$token"
    else
        printf '%s\n' $found
    end
end
complete -c mxt -f -a '(__mxt_complete)'
`;

export const SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;
export type Shell = keyof typeof SCRIPTS;
