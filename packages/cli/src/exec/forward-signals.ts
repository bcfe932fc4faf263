/** Signals that somebody sends to a job on purpose. */
const FORWARDED = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const
/** What a terminal sends to everybody in front of it: the job has it already. */
const FROM_KEYBOARD: ReadonlySet<string> = new Set(['SIGINT', 'SIGHUP', 'SIGQUIT'])

/**
 * Hands signals on instead of dying of them, until the function that is returned is called.
 *
 * @param isAtTerminal  Whether the job shares our terminal, and so gets its signals by itself.
 */
export function forwardSignals(isAtTerminal: boolean, send: (signal: NodeJS.Signals) => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (!isAtTerminal || !FROM_KEYBOARD.has(signal)) send(signal)
  }
  for (const signal of FORWARDED) process.on(signal, onSignal)
  return () => {
    for (const signal of FORWARDED) process.off(signal, onSignal)
  }
}

/** Resolves at the next signal that asks a program to end. */
export function nextEndingSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const)
      process.once(signal, () => resolve())
  })
}
