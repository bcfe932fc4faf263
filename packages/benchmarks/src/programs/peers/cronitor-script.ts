import { cronitorClient } from './cronitor-client.ts'

await cronitorClient().wrap('nightly-backup', () => undefined)()
