export type { Meta } from '@crontify/protocol'
export { chooseProxy } from './http/proxy-settings.ts'
export type { Proxy, ProxyChoice } from './http/proxy-settings.ts'
export { redact } from './redaction/redact.ts'
export { monitored } from './run/layers/monitored.ts'
export type { AnyFunction, MonitoredOptions } from './run/layers/monitored.ts'
export { numbersOf } from './run/numbers-of.ts'
export { monitoredAttempts } from './adapter-kit/monitored-attempts.ts'
export type { AttemptsOptions, FailedAttempt, JobAttempt } from './adapter-kit/monitored-attempts.ts'
export { createRunTracker } from './run/layers/run-tracker.ts'
export type { GatheredByRun, RunTracker, TrackerOptions } from './run/layers/run-tracker.ts'
export type { Pinger } from './run/layers/pinger.ts'
export { imitate } from './imitate.ts'
export type { MetaOption } from './run/result-meta.ts'
export type { Run } from './run/run.ts'
export { attempt } from './adapter-kit/attempt.ts'
export { failureOfMany } from './adapter-kit/failure-of-many.ts'
export { hasBearerSecret, isSendable, readSecrets } from './adapter-kit/bearer-secret.ts'
export { httpFailure } from './adapter-kit/http-failure.ts'
export { isMonitor } from './adapter-kit/is-monitor.ts'
export { listen } from './adapter-kit/listen.ts'
export type { Emitter, Listener } from './adapter-kit/listen.ts'
export { nameOf } from './adapter-kit/name-of.ts'
export { readMonitors } from './adapter-kit/read-monitors.ts'
export type { MonitorsByName, ReadMonitorsOptions } from './adapter-kit/read-monitors.ts'
export { readRunOptions } from './run/layers/read-run-options.ts'
export { createWatchedOnce, warn } from './adapter-kit/warn.ts'
export { createRouteRuns } from './adapter-kit/route/route-runs.ts'
export type { RouteCall, RouteOptions } from './adapter-kit/route/route-runs.ts'
export type { RouteResponse } from './adapter-kit/route/route-end.ts'
export { observeRuns } from './run/layers/attached-observers.ts'
export type {
  BegunRun,
  ObservedEnd,
  RunAttributes,
  RunObservation,
  RunObserver,
  TraceCarrier,
} from './run/life/observation.ts'
