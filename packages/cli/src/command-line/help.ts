import { nearestName } from '@crontify/protocol'
import type { CommandSpec } from './command-spec.ts'
import { wrapText } from './wrap-text.ts'

/** Help of the whole program. @param columns  Width of the terminal; `undefined` if there is none. */
export function programHelp(commands: readonly CommandSpec[], columns: number | undefined): string {
  const width = widthFor(columns)
  const rows = commands.map(({ name, summary }) => [name, summary] as const)
  return `Usage: crontify COMMAND [options]

${table(rows, width)}
${wrapText('Help for one command: crontify COMMAND --help. The API key is read from the variable CRONTIFY_API_KEY.', width)}

${wrapText('Exit codes: of a job its own; else 0 done, 1 failed, 2 usage error, 75 still running, 124 time limit, 126 not executable, 127 not found.', width)}
`
}

/** Help of one command, with examples. */
export function commandHelp(spec: CommandSpec, columns: number | undefined): string {
  const width = widthFor(columns)
  const rows = [...spec.options, { name: 'help', summary: 'print this help' }].map(
    (option) => [`--${option.name}${'value' in option ? ` ${option.value}` : ''}`, option.summary] as const,
  )
  const shown = spec.examples.map(([line, effect]) => `  ${line}\n${wrapText(effect, width, 6)}\n`).join('')
  const about = spec.about.split('\n\n').map((paragraph) => wrapText(paragraph, width))
  return `${usageLine(spec)}\n\n${about.join('\n\n')}\n\n${table(rows, width)}\nExamples:\n${shown}`
}

/** How a command is called, in one line. */
export function usageLine({ name, synopsis }: CommandSpec): string {
  return `Usage: crontify ${name} ${synopsis}`
}

/** What was probably meant by a word that is none of these; empty if nothing is near. */
export function suggestion(word: string, known: readonly string[]): string {
  const nearest = nearestName(word, known)
  return nearest === undefined ? '' : `Did you mean ${nearest}? `
}

const DEFAULT_WIDTH = 80
const MAX_WIDTH = 100
const MIN_WIDTH = 30

function widthFor(columns: number | undefined): number {
  return Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, columns ?? DEFAULT_WIDTH))
}

function table(rows: readonly (readonly [string, string])[], width: number): string {
  const nameWidth = Math.max(...rows.map(([name]) => name.length))
  const indent = nameWidth + 4
  // On a narrow terminal the texts stand below the names.
  const isNarrow = width - indent < 24
  return rows
    .map(([name, text]) => {
      if (isNarrow) return `  ${name}\n${wrapText(text, width, 6)}\n`
      return `  ${name.padEnd(nameWidth)}  ${wrapText(text, width, indent).trimStart()}\n`
    })
    .join('')
}
