# SPDX-License-Identifier: Apache-2.0
# Completion of the program in bash: the verbs and options are those that its own help names.
_tutela()
{
  local word=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" --help | sed -n 's/^  \([a-z]*\) .*/\1/p')" -- "$word")
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" "$verb" --help 2>/dev/null | grep -oE -- '--[a-z-]+' | sort -u)" -- "$word")
  fi
}
complete -o default -F _tutela tutela
