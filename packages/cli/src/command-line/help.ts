import { nearestName } from '@crontify/protocol'
import type { CommandSpec } from './command-spec.ts'

/** Help of the whole program. */
export function programHelp(commands: readonly CommandSpec[]): string {
  const rows = commands.map(({ name, summary }) => [name, summary] as const)
  return `Usage: crontify COMMAND [options]

${table(rows)}
Help of one command: crontify COMMAND --help. The API key is read from the variable CRONTIFY_API_KEY.

Exit codes: of a job its own; else 0 done, 1 failed, 2 called wrongly, 75 still running, 124 took too long,
126 may not be executed, 127 not found.
`
}

/** Help of one command, with examples. */
export function commandHelp({ name, synopsis, about, options, examples }: CommandSpec): string {
  const rows = [...options, { name: 'help', summary: 'this text' }].map(
    (option) => [`--${option.name}${'value' in option ? ` ${option.value}` : ''}`, option.summary] as const,
  )
  const shown = examples.map(([line, effect]) => `  ${line}\n      ${effect}\n`).join('')
  return `Usage: crontify ${name} ${synopsis}\n\n${about}\n\n${table(rows)}\nExamples:\n${shown}`
}

/** What was probably meant by a word that is none of these; empty where nothing is near. */
export function suggestion(word: string, known: readonly string[]): string {
  const nearest = nearestName(word, known)
  return nearest === undefined ? '' : `Did you mean ${nearest}? `
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}\n`).join('')
}
