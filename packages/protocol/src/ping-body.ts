import { cutMiddle, cutText } from './cut-text.ts'
import { MAX_ERROR_MESSAGE_LENGTH, MAX_LOG_OUTPUT_LENGTH } from './limits.ts'
import type { Meta } from './meta.ts'

/** What the SDK's caller says of a run that went well. [D API] */
export interface SuccessOptions {
  /** Numbers for the run's record; on success they also feed the monitor's alert rules. Finite numbers only. */
  readonly meta?: Readonly<Record<string, number>> | undefined
}

/** What the SDK's caller says of a run that failed. [D API] */
export interface FailOptions {
  /** What went wrong, in one line. Cut to 500 characters. */
  readonly message?: string | undefined
  /** Numbers for the run's record. Finite numbers only. */
  readonly meta?: Readonly<Record<string, number>> | undefined
  /**
   * Text for whoever has to mend it: a stack, the output of a command. Cut to 10,000 characters, keeping head
   * and tail; alerts show the first 500.
   */
  readonly log?: string | undefined
}

/** JSON of a success ping. [D PINGHTTP] */
export interface SuccessBody {
  readonly meta?: Meta
}

/** JSON of a fail ping. [D PINGHTTP] */
export interface FailBody {
  readonly errorMessage?: string
  readonly meta?: Meta
  readonly logOutput?: string
}

/** The wire form of a success ping; `undefined` where there is nothing to say, and then no body is sent. */
export function successBody(options: { readonly meta: Meta }): SuccessBody | undefined {
  return hasEntries(options.meta) ? { meta: options.meta } : undefined
}

/**
 * The wire form of a fail ping, cut to the limits of the service; `undefined` where there is nothing to say.
 *
 * The one place that knows both vocabularies: `message` is `errorMessage` there, and `log` is `logOutput`. [I]
 */
export function failBody(options: {
  readonly message?: string | undefined
  readonly meta: Meta
  readonly log?: string | undefined
}): FailBody | undefined {
  const body: FailBody = {
    ...(options.message ? { errorMessage: cutText(options.message, MAX_ERROR_MESSAGE_LENGTH) } : {}),
    ...(hasEntries(options.meta) ? { meta: options.meta } : {}),
    ...(options.log ? { logOutput: cutMiddle(options.log, MAX_LOG_OUTPUT_LENGTH) } : {}),
  }
  return Object.keys(body).length > 0 ? body : undefined
}

function hasEntries(meta: Meta): boolean {
  return Object.keys(meta).length > 0
}
