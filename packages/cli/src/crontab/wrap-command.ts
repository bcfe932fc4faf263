/** Redirections at the end of a line, as in `>> /var/log/job.log 2>&1`. */
const REDIRECTIONS = /(?:\s*(?:\d?>&\d|(?:\d|&)?>>?\s*[^\s;&|<>()'"`]+))+\s*$/
/** What only a shell understands. Quotes, variables and wildcards are understood before `crontify` is called. */
const FOR_A_SHELL = /[;&|<>(){}`\n]|^\s*!/
const FIRST_WORD_FOR_A_SHELL =
  /^\s*(?:\w+=|(?:cd|\.|source|set|umask|export|test|\[|exec|eval|if|for|while|until|case|trap|ulimit)(?:\s|$))/

/**
 * The command within `crontify exec`.
 *
 * A simple one is called by itself, and its redirections stay outside, so that its output passes through. Anything else is
 * handed to a shell as a whole.
 *
 * @param shell  Which one cron would use.
 */
export function wrapCommand(command: string, id: string, program: string, shell: string): string {
  const redirections = REDIRECTIONS.exec(command)?.[0] ?? ''
  const bare = command.slice(0, command.length - redirections.length)
  const isSimple = !FOR_A_SHELL.test(bare) && !FIRST_WORD_FOR_A_SHELL.test(bare)
  return isSimple
    ? `${program} exec ${id} -- ${command}`
    : `${program} exec ${id} -- ${shell} -c '${command.replaceAll("'", `'\\''`)}'`
}
