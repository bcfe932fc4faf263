/** A request is still waiting for its turn. */
export const NOT_BEGUN = 0
/** A request was handed to the network, and no answer has come yet, or none will. */
export const BEGUN = 1

/** What the worker is given. */
export interface ExitWork {
  /** The first cell turns to 1 when all is done; then one cell per request: not begun, begun, or its HTTP status. */
  readonly cells: Int32Array
  readonly requests: readonly {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }[]
  /** Indices of requests; what is in one lane goes one after the other. */
  readonly lanes: readonly (readonly number[])[]
  /** Lanes that are worked on at once, and with it the number of sockets. */
  readonly parallel: number
}

/**
 * The program of the thread that sends pings while the main thread ends.
 *
 * A text, because a library that is bundled into one file has no second file to start a thread from. It relies on
 * Node's own modules alone, and those are fresh in a new thread: no patch of http reaches it.
 */
export const EXIT_WORKER_SOURCE: string = `'use strict'
const { cells, requests, lanes, parallel } = require('node:worker_threads').workerData
const waiting = lanes.slice()
let open = 0

function send(index, next) {
  const { url, headers, body } = requests[index]
  let over = false
  const end = (state) => {
    if (over) return
    over = true
    Atomics.store(cells, index + 1, state)
    next()
  }
  Atomics.store(cells, index + 1, ${BEGUN})
  try {
    const { request } = require(url.startsWith('https:') ? 'node:https' : 'node:http')
    const outgoing = request(url, { method: 'POST', headers, agent: false })
    outgoing.on('response', (response) => {
      // The status says it all. A redirect is an answer like any other: it is not followed.
      response.destroy()
      end(response.statusCode)
    })
    outgoing.on('error', () => end(${BEGUN}))
    outgoing.end(body)
  } catch {
    end(${BEGUN})
  }
}

function work(lane, position) {
  if (position < lane.length) return send(lane[position], () => work(lane, position + 1))
  open--
  fill()
}

function fill() {
  while (open < parallel && waiting.length > 0) {
    open++
    work(waiting.shift(), 0)
  }
  if (open > 0) return
  Atomics.store(cells, 0, 1)
  Atomics.notify(cells, 0)
}

fill()
`
