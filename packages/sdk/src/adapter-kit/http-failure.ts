/**
 * The failure of a run whose handler answered with an error status: `responded with HTTP 500: the database is down`.
 *
 * @param text  The start of the response's body, where it is text. It is redacted and cut when the ping is sent.
 */
export function httpFailure(status: number, text = ''): Error {
  const start = text.trim()
  // Without a stack: it would show this file instead of the job.
  return { name: 'HttpFailure', message: `responded with HTTP ${status}${start === '' ? '' : `: ${start}`}` }
}
