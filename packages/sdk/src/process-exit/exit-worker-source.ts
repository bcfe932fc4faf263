import { openTunnel } from '../http/tunnel.ts'
import { connectThroughProxy, runExitWorker } from './exit-worker.ts'

/**
 * The program of the thread that sends pings while the main thread ends.
 *
 * A text, because a library that is bundled into one file has no second file to start a thread from. The build puts the
 * finished text here, so that no bundler of a user's changes the functions in it.
 */
export const EXIT_WORKER_SOURCE: string = `'use strict'
// Some compilers wrap each function in a call of this.
const __name = (value) => value
const modules = {
  get http() { return require('node:http') },
  get https() { return require('node:https') },
  get net() { return require('node:net') },
  get tls() { return require('node:tls') },
}
const openTunnel = ${String(openTunnel)}
const throughProxy = ${String(connectThroughProxy)}
const runExitWorker = ${String(runExitWorker)}
runExitWorker(require('node:worker_threads').workerData, modules, openTunnel, throughProxy)
`
