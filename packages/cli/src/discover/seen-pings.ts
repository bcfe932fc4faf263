import { monitoredBy } from '../crontab/wrap-crontab.ts'

const PING_URL = /\/api\/v1\/ping\/([A-Za-z0-9_-]+)\//
const PING_COMMAND = /\bcrontify(?:\.js)?['"]?\s+ping\s+([A-Za-z0-9_-]+)/
/** Also `npx @crontify/cli exec ID`, and a list of arguments joined by spaces. */
const CLI_COMMAND = /@crontify\/cli(?:@\S+)?\s+(?:exec|ping)\s+([A-Za-z0-9_-]+)/

/** The monitor that a command pings, as far as its text shows; `undefined` if it shows none. */
export function pingsIn(command: string): string | undefined {
  return (
    monitoredBy(command) ??
    [CLI_COMMAND, PING_COMMAND, PING_URL]
      .map((pattern) => pattern.exec(command)?.[1])
      .find((id) => id !== undefined)
  )
}

/** True if source code uses the client. */
export function usesClient(code: string): boolean {
  return /['"]@crontify\/(?!cli\b|mock-server\b)[a-z-]+(?:\/[a-z]+)?['"]/.test(code)
}
