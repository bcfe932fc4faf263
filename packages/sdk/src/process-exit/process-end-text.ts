import { describeError, type ErrorDescription } from '../redaction/describe-error.ts'
import type { ProcessEnd } from './exit-watch.ts'

/** What the fail ping of a run says whose process ended before it. */
export function processEndText(end: ProcessEnd): ErrorDescription {
  switch (end.type) {
    case 'drained':
      return {
        message:
          'the event loop ended before the job finished: it waits for something that cannot happen any more',
        log: undefined,
      }
    case 'signal':
      return { message: `${end.signal} ended the process before the job finished`, log: undefined }
    case 'exit': {
      if (end.uncaught === undefined) {
        return { message: `process.exit(${end.code}) was called before the job finished`, log: undefined }
      }
      const { message, log } = describeError(end.uncaught.error)
      return {
        message: `an error that nobody caught ended the process before the job finished: ${message}`,
        log,
      }
    }
  }
}
