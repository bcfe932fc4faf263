/** Calls back after so many milliseconds; the returned function cancels that. */
export type Timer = (callback: () => void, afterMs: number) => () => void

/** The machine's timers. Does not keep the process alive. */
export const systemTimer: Timer = (callback, afterMs) => {
  const timer = setTimeout(callback, afterMs)
  timer.unref()
  return () => clearTimeout(timer)
}
