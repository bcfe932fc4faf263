import type { CommandSpec } from './command-spec.ts'

/** Shells that a completion can be made for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const

/** A script that completes commands and options, made of the same table as the help. */
export function completionScript(shell: (typeof SHELLS)[number], commands: readonly CommandSpec[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands)
    case 'zsh':
      return `#compdef crontify\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`
    case 'fish':
      return fish(commands)
  }
}

function bash(commands: readonly CommandSpec[]): string {
  const names = commands.map(({ name }) => name)
  const cases = commands.map(
    ({ name, options }) => `    ${name}) args='${optionNames(options).join(' ')}' ;;\n`,
  )
  return `_crontify() {
  local word=\${COMP_WORDS[COMP_CWORD]} args='' at
  for ((at = 1; at < COMP_CWORD; at++)); do
    # Behind -- stands a command of its own.
    if [ "\${COMP_WORDS[at]}" = -- ]; then COMPREPLY=($(compgen -c -f -- "$word")); return; fi
  done
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W '${names.join(' ')}' -- "$word")); return; fi
  case "\${COMP_WORDS[1]}" in
${cases.join('')}  esac
  if [ "\${word#-}" != "$word" ]; then COMPREPLY=($(compgen -W "$args" -- "$word")); else COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -o filenames -F _crontify crontify
`
}

function fish(commands: readonly CommandSpec[]): string {
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c crontify -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...options.map(
      (option) =>
        `complete -c crontify -n '__fish_seen_subcommand_from ${name}' -l ${option.name}${'value' in option ? ' -r' : ''} -d ${quoted(option.summary)}`,
    ),
  ])
  return `${lines.join('\n')}\n`
}

function optionNames(options: CommandSpec['options']): readonly string[] {
  return [...options.map(({ name }) => `--${name}`), '--help']
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
