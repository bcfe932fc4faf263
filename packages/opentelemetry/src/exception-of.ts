import type { Exception } from '@opentelemetry/api'

/** More than any debugger shows. */
const MAX_FRAMES = 50
const MAX_NAME_LENGTH = 100

/**
 * An error for a span: its class, the redacted message of the run, and where it was thrown.
 *
 * The error's own message stays out, also at the head of its stack: it may hold secrets, and has no bound. Never throws.
 *
 * @param message  Why the run failed, redacted.
 */
export function exceptionOf(error: unknown, message: string): Exception {
  try {
    if (!(error instanceof Error)) return { message }
    const name = String(error.name).slice(0, MAX_NAME_LENGTH)
    const frames = String(error.stack)
      .split('\n')
      .filter((line) => /^ +at /.test(line))
      .slice(0, MAX_FRAMES)
    return { name, message, stack: [`${name}: ${message}`, ...frames].join('\n') }
  } catch {
    // A getter of the error threw.
    return { message }
  }
}
