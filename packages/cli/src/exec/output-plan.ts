/** What happens to a job's output. */
export interface OutputPlan {
  /** Which streams pass through us, so that their ends are kept; the others are inherited. */
  readonly captures: { readonly stdout: boolean; readonly stderr: boolean }
  /** Both go to the same file: one pipe carries both, which keeps their order. */
  readonly isMerged: boolean
}

/** @param capture  What the options say; `undefined` captures what does not go to a terminal. */
export function planOutput(
  capture: boolean | undefined,
  isTerminal: { readonly stdout: boolean; readonly stderr: boolean },
  isOneOutput: boolean,
): OutputPlan {
  const captures = { stdout: capture ?? !isTerminal.stdout, stderr: capture ?? !isTerminal.stderr }
  return { captures, isMerged: isOneOutput && captures.stdout && captures.stderr }
}
