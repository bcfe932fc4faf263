/** What of OpenTelemetry's global API object is used; `@opentelemetry/api` 1.x registers it. */
interface ContextManager {
  active(): { setValue(key: symbol, value: unknown): object }
  with<Result>(context: object, callback: () => Result): Result
}

/** What of the strategy is used that Sentry keeps in its global carrier, one for each version that is loaded. */
interface SentryStrategy {
  /** Sentry 8 to 10 suppress by OpenTelemetry. */
  readonly suppressTracing?: Suppress
  readonly withScope?: <Result>(callback: (scope: SentryScope) => Result) => Result
}

interface SentryScope {
  setSDKProcessingMetadata(metadata: Readonly<Record<string, unknown>>): unknown
}

/** Calls back where one tracer does not look. */
type Suppress = <Result>(callback: () => Result) => Result

const OTEL_API = Symbol.for('opentelemetry.js.api.1')
/** Instrumentations of OpenTelemetry create no span, and propagators write no header, in a context that has this key. */
const OTEL_SUPPRESSED = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING')

/** Sentry 11 creates no span, header or breadcrumb for a request in a scope that has this in its metadata. */
const SENTRY_SUPPRESSED = '__SENTRY_SUPPRESS_TRACING__'

/**
 * Calls `send` where OpenTelemetry and Sentry do not look: pings are no part of the application's traces.
 *
 * Both are found by the global objects that they share among their own versions, at each call, so the order of imports does
 * not matter, and nothing is imported. What the application itself does is traced as before.
 */
export function untraced<Result>(send: () => Result): Result {
  const suppressors = [openTelemetry(), ...sentry()]
  return suppressors.reduce<() => Result>((inner, suppress) => () => guarded(suppress, inner), send)()
}

function openTelemetry(): Suppress {
  const api = globalValue(OTEL_API) as { readonly context?: ContextManager } | undefined
  const manager = api?.context
  if (manager === undefined) return (callback) => callback()
  return (callback) => manager.with(manager.active().setValue(OTEL_SUPPRESSED, true), callback)
}

function sentry(): Suppress[] {
  const carrier = globalValue('__SENTRY__')
  if (typeof carrier !== 'object' || carrier === null) return []
  const versions = Object.values(
    carrier as Readonly<Record<string, { readonly acs?: SentryStrategy } | undefined>>,
  )
  return versions.flatMap((version) => {
    const { suppressTracing, withScope } = version?.acs ?? {}
    if (suppressTracing !== undefined) return [suppressTracing]
    if (withScope === undefined) return []
    return [
      (callback) =>
        withScope((scope) => {
          scope.setSDKProcessingMetadata({ [SENTRY_SUPPRESSED]: true })
          return callback()
        }),
    ]
  })
}

/** A foreign object that is not what it seems must not cost a ping. */
function guarded<Result>(suppress: Suppress, callback: () => Result): Result {
  let called: { readonly result: Result } | undefined
  const once = (): Result => {
    called = { result: callback() }
    return called.result
  }
  try {
    return suppress(once)
  } catch {
    return called === undefined ? callback() : called.result
  }
}

function globalValue(name: string | symbol): unknown {
  return (globalThis as unknown as Readonly<Record<string | symbol, unknown>>)[name]
}
