import { print } from '../print.ts'
import { cronitorClient } from './cronitor-client.ts'

/** How long one run is held back before and after its job, in milliseconds. */
const calledAt = performance.now()
let beganAt = 0
await cronitorClient().wrap('nightly-backup', () => {
  beganAt = performance.now()
})()
print({ beforeMs: beganAt - calledAt, afterMs: performance.now() - beganAt })
