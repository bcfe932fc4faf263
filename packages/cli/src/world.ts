import type { Clock } from './system-clock.ts'

/** What the commands have of the machine, besides files and child processes. */
export interface World {
  /** What stands behind the program's name. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** Which of the standard streams are terminals. */
  readonly isTerminal: Readonly<Record<'stdin' | 'stdout' | 'stderr', boolean>>
  readonly print: (text: string) => void
  readonly printError: (text: string) => void
  /** All of standard input. */
  readonly readInput: () => Promise<string>
  /** Resolves at the first SIGINT or SIGTERM; from the call on these do not end the process by themselves. */
  readonly stopped: () => Promise<void>
}

/** How the program is to end: by a code, or as a child did that a signal killed. */
export type Ending =
  { readonly code: number; readonly signal?: undefined } | { readonly signal: NodeJS.Signals }
