/** Redirections at the end of a line, as in `>> /var/log/job.log 2>&1`. */
const REDIRECTIONS = /(?:\s*(?:\d?>&\d|(?:\d|&)?>>?\s*[^\s;&|<>()'"`]+))+\s*$/
/** What only a shell understands. Quotes, variables and wildcards are expanded before `crontify` is called. */
const FOR_A_SHELL = /[;&|<>(){}`\n]|^\s*!/
/**
 * Words that a shell does not look up as a program: its keywords, and its builtins even if a program of that name exists,
 * because `echo` and others behave differently in each.
 */
const SHELL_WORDS: ReadonlySet<string> = new Set(
  (
    ': . [ [[ ! alias bg break builtin case cd command continue coproc declare dirs disown do echo enable eval exec exit ' +
    'export false fc fg for function getopts hash help history if jobs kill let local logout popd printf pushd pwd read ' +
    'readonly return select set shift shopt source suspend test time times trap true type typeset ulimit umask unalias ' +
    'unset until wait while'
  ).split(' '),
)
/** The same file for each part of the line, so it can stay with cron's shell. */
const SAME_OUTPUT = /\s*>\s*\/dev\/stdout\s*$/

/** How the command is called. */
export interface Wrapping {
  readonly id: string
  /** How cron's shell calls this program. */
  readonly program: string
  /** The shell that cron would use. */
  readonly shell: string
}

/**
 * The command within `crontify exec`.
 *
 * A program is called by itself; builtins and compound lines are handed to the shell. The redirections of a single command stay
 * outside, so that its output passes through.
 */
export function wrapCommand(command: string, { id, program, shell }: Wrapping): string {
  const exec = `${program.replaceAll('%', '\\%')} exec ${id} --`
  const redirections = REDIRECTIONS.exec(command)?.[0] ?? ''
  const bare = command.slice(0, command.length - redirections.length)
  const [first = ''] = /^\s*\S+/.exec(bare) ?? []
  const isOneCommand = first !== '' && !FOR_A_SHELL.test(bare)
  if (isOneCommand && !SHELL_WORDS.has(first.trim()) && !/^\s*\w+\+?=/.test(bare)) return `${exec} ${command}`
  const outside = isOneCommand ? redirections : (SAME_OUTPUT.exec(command)?.[0] ?? '')
  const inside = command.slice(0, command.length - outside.length)
  return `${exec} ${shell} -c ${singleQuoted(inside)}${outside}`
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
