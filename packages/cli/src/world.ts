import type { Clock } from './system-clock.ts'

/** What the commands use of the machine, besides files and child processes. */
export interface World {
  /** The arguments behind the program's name. */
  readonly args: readonly string[]
  /** Absolute path by which this program was called. */
  readonly program: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** Which of the standard streams are terminals. */
  readonly isTerminal: Readonly<Record<'stdin' | 'stdout' | 'stderr', boolean>>
  /** True if standard input is a pipe, a socket or a file. */
  readonly isPiped: boolean
  /** Columns of the terminal; `undefined` if standard output is none. */
  readonly columns: number | undefined
  /** True if standard output and standard error are the same file. */
  readonly isOneOutput: boolean
  readonly print: (text: string) => void
  readonly printError: (text: string) => void
  /** All of standard input. */
  readonly readInput: () => Promise<string>
  /** Resolves at the first SIGINT or SIGTERM; from the call on, they do not end the process by themselves. */
  readonly stopped: () => Promise<void>
}

/** How the program ends: with a code, or with the signal that killed its child. */
export type Ending =
  { readonly code: number; readonly signal?: undefined } | { readonly signal: NodeJS.Signals }
