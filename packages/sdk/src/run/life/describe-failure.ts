import type { ErrorDescription } from '../../redaction/describe-error.ts'
import { composeLog } from '../log/compose-log.ts'
import type { LogTail } from '../log/log-tail.ts'
import type { GivenEnd } from './live-run.ts'

/** What the fail ping of a run says: the error, and what the run has logged. */
export function describeFailure(
  { message, log }: ErrorDescription,
  tail: LogTail,
  clean: (text: string) => string,
): GivenEnd {
  return { message: clean(message), log: composeLog(log, tail, clean) }
}
