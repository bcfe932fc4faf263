import { parseArgs } from 'node:util'
import type { MockServerOptions } from '../mock-server-options.ts'

/** What was asked for on the command line. */
export type CommandOptions =
  | { readonly type: 'help' }
  | { readonly type: 'wrong'; readonly message: string }
  | { readonly type: 'serve'; readonly options: MockServerOptions; readonly monitorsFile: string | undefined }

const DEFAULT_PORT = 4_747

/** Reads the words behind the command's name; what they mean is checked when the server is created. */
export function commandOptions(words: readonly string[]): CommandOptions {
  let values
  try {
    values = parseArgs({
      args: [...words],
      strict: true,
      options: {
        port: { type: 'string' },
        monitors: { type: 'string' },
        clock: { type: 'string' },
        'start-at': { type: 'string' },
        host: { type: 'string' },
        'allow-host': { type: 'string', multiple: true },
        plan: { type: 'string' },
        'data-file': { type: 'string' },
        'api-key': { type: 'string' },
        deliver: { type: 'boolean' },
        extensions: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    return { type: 'wrong', message: (error as Error).message }
  }
  if (values.help === true) return { type: 'help' }
  const given = {
    // `Number('')` is 0, and 0 is a port.
    port: values.port === undefined ? DEFAULT_PORT : values.port.trim() === '' ? NaN : Number(values.port),
    host: values.host,
    allowHosts: values['allow-host'],
    clock: values.clock,
    startAt: values['start-at'],
    plan: values.plan,
    dataFile: values['data-file'],
    apiKeys: values['api-key'] === undefined ? undefined : [values['api-key']],
    deliver: values.deliver,
    extensions: values.extensions,
  }
  const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { type: 'serve', options, monitorsFile: values.monitors }
}
