import { init } from '@sentry/node'
import { sentryDsn } from './sentry-dsn.ts'

init({ dsn: sentryDsn() })
