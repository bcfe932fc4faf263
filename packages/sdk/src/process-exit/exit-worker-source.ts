/** A request is still waiting for its turn. */
export const NOT_BEGUN = 0
/** A request was handed to the network, and no answer has come yet, or none will. */
export const BEGUN = 1

/** A proxy that is asked to CONNECT. */
export interface ExitProxy {
  readonly protocol: 'http:' | 'https:'
  readonly hostname: string
  readonly port: number
  readonly authorization: string | undefined
}

/** What the worker is given. */
export interface ExitWork {
  /** The first cell turns to 1 when all is done; then one cell per request: not begun, begun, or its HTTP status. */
  readonly cells: Int32Array
  readonly requests: readonly {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly proxy: ExitProxy | undefined
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
  const { url, headers, body, proxy } = requests[index]
  let over = false
  const end = (state) => {
    if (over) return
    over = true
    Atomics.store(cells, index + 1, state)
    next()
  }
  Atomics.store(cells, index + 1, ${BEGUN})
  try {
    const exchange = (options) => {
      const outgoing = moduleFor(url).request(url, { method: 'POST', headers, agent: false, ...options })
      outgoing.on('response', (response) => {
        // The status says it all. A redirect is an answer like any other: it is not followed.
        response.destroy()
        end(response.statusCode)
      })
      outgoing.on('error', () => end(${BEGUN}))
      outgoing.end(body)
    }
    if (proxy === undefined) exchange({})
    else throughTunnel(proxy, new URL(url), exchange, () => end(${BEGUN}))
  } catch {
    end(${BEGUN})
  }
}

function moduleFor(url) {
  return require(url.startsWith('https:') ? 'node:https' : 'node:http')
}

function throughTunnel(proxy, target, exchange, fail) {
  const isSecure = target.protocol === 'https:'
  const authority = target.hostname + ':' + (target.port || (isSecure ? 443 : 80))
  const headers = { host: authority }
  if (proxy.authorization !== undefined) headers['proxy-authorization'] = proxy.authorization
  const { hostname: host, port, protocol } = proxy
  const tunnel = moduleFor(protocol).request({ host, port, method: 'CONNECT', path: authority, headers, agent: false })
  tunnel.on('error', fail)
  tunnel.on('connect', (answer, socket) => {
    if (answer.statusCode < 200 || answer.statusCode > 299) {
      socket.destroy()
      return fail()
    }
    exchange({
      createConnection: () => {
        if (!isSecure) return socket
        const name = target.hostname.replace(/^\\[|\\]$/g, '')
        const servername = require('node:net').isIP(name) ? '' : name
        return require('node:tls').connect({ socket, host: name, servername })
      },
    })
  })
  tunnel.end()
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
