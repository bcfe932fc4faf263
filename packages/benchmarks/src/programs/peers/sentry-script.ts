import { init, withMonitor } from '@sentry/node'
import { sentryDsn } from './sentry-dsn.ts'

init({ dsn: sentryDsn() })
withMonitor('nightly-backup', () => undefined)
