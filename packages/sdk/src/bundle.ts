import * as adapter from './adapter.ts'
import * as index from './index.ts'

/** All entries of the package in one: what the build makes a single file of, so that they share their state. */
export { adapter, index }
