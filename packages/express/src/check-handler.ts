import { nameOf } from '@crontify/sdk/adapter'

const MOST_PARAMETERS = 3

/** @throws {TypeError} for anything that Express would not call as a handler, saying what it is and what was expected. */
export function checkHandler(value: unknown): void {
  if (typeof value === 'function' && value.length <= MOST_PARAMETERS) return
  throw new TypeError(
    `monitorRoute takes a handler of Express, a function such as (req, res) => {…} of at most ${MOST_PARAMETERS} parameters; this is ${givenName(value)}`,
  )
}

function givenName(value: unknown): string {
  if (typeof value === 'function')
    return `a function of ${value.length}, which Express takes for an error handler and never calls for a request`
  return Array.isArray(value) ? 'a list; wrap the one handler that does the work' : nameOf(value)
}
