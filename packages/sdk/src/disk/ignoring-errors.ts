/** Runs what is worth a try and no more. */
export function ignoringErrors(action: () => void): void {
  try {
    action()
  } catch {
    // Nothing depends on it.
  }
}
