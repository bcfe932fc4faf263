import type { Clock } from '../clock.ts'
import { redactEnds } from './redact-ends.ts'
import { redact } from './redact.ts'

/** Takes secrets out of a text before it leaves this process. Never throws. */
export type Redactor = (text: string) => string

/** What the option says: nothing for the built-in one, `false` for none, or a function of the caller's. */
export type RedactOption = false | ((text: string) => string) | undefined

/** What stands where a text stood that a caller's function could not redact. */
export const WITHHELD = '[text withheld: redact failed]'
/** Milliseconds that a caller's function may take for one text: it runs while the job waits. */
const SLOW_AFTER_MS = 50
/** Slow texts in a row after which it is not called any more; one may be the fault of a busy machine. */
const MAX_SLOW_IN_A_ROW = 3

/**
 * Makes the redactor that an option asks for.
 *
 * A caller's function replaces the built-in one. Where it fails (throws, or returns no text) the text is withheld
 * and not sent as it is: it was written to hide something that nothing else here knows. A function that is slow
 * three times in a row is not called any more, and every text from then on is withheld for the same reason.
 *
 * @param onProblem  Told once for each kind of problem, in a sentence for people.
 */
export function createRedactor(
  option: RedactOption,
  clock: Pick<Clock, 'monotonic'>,
  onProblem: (message: string) => void,
): Redactor {
  if (option === false) return (text) => text
  if (option === undefined) return redact
  const told = new Set<string>()
  let slowInARow = 0
  const withhold = (message: string): string => {
    if (!told.has(message)) onProblem(message)
    told.add(message)
    return WITHHELD
  }
  const redactOne = (text: string): string => {
    if (slowInARow >= MAX_SLOW_IN_A_ROW) return WITHHELD
    const startedAt = clock.monotonic()
    try {
      const redacted: unknown = option(text)
      if (redacted instanceof Promise) void redacted.catch(() => {})
      if (typeof redacted !== 'string') return withhold('redact returned no text; texts are withheld')
      slowInARow = clock.monotonic() - startedAt > SLOW_AFTER_MS ? slowInARow + 1 : 0
      if (slowInARow < MAX_SLOW_IN_A_ROW) return redacted
      return withhold(
        `redact took more than ${SLOW_AFTER_MS} ms for each of the last ${MAX_SLOW_IN_A_ROW} texts; it is not called any more, and texts are withheld`,
      )
    } catch {
      // What it threw may hold the text.
      return withhold('redact threw; texts are withheld')
    }
  }
  return (text) => redactEnds(text, redactOne)
}
