import type { MockServerOptions } from './mock-server-options.ts'

/** Where warnings go: to the listener that was given, or to the process. */
export function warnOf({ onWarning }: MockServerOptions): (message: string) => void {
  return (
    onWarning ??
    ((message) => {
      process.emitWarning(message, 'CrontifyMockServerWarning')
    })
  )
}
