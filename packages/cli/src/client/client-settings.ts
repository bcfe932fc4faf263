import { valueOf, type Args } from '../command-line/command-spec.ts'

/** What a client of the service is made of, as far as it is said on the command line or in the environment. */
export interface ClientSettings {
  readonly monitorId: string
  readonly apiKeyFile: string | undefined
  readonly baseUrl: string | undefined
  readonly spoolDirectory: string | undefined
  readonly isQuiet: boolean
}

/** Options come first, then the environment, then defaults. */
export function clientSettings(
  monitorId: string,
  args: Args,
  env: Readonly<Record<string, string | undefined>>,
): ClientSettings {
  return {
    monitorId,
    apiKeyFile: valueOf(args, 'api-key-file') ?? env['CRONTIFY_API_KEY_FILE'],
    baseUrl: valueOf(args, 'base-url'),
    spoolDirectory: valueOf(args, 'spool-directory') ?? env['CRONTIFY_SPOOL_DIRECTORY'],
    isQuiet: args.flags.has('quiet'),
  }
}
