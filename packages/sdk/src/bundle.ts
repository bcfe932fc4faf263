import * as adapter from './adapter.ts'
import * as context from './run/log/names.ts'
import * as index from './index.ts'
import * as testing from './testing.ts'
import * as undici from './undici.ts'

/** All entries of the package in one: what the build makes a single file of, so that they share their state. */
export { adapter, context, index, testing, undici }
export { enableCurrentRun } from './run/current-run.ts'
