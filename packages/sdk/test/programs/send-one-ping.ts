import { createFetchTransport } from '../../src/http/fetch-transport.ts'
import { systemClock } from '../../src/system-clock.ts'
import { createNodeTransport } from '../../src/http/node-transport.ts'
import { pingTo } from '../support/exchange.ts'

/** Sends one ping, gives up after 200 ms, says how it ended, and has nothing more to do. */
const [origin = '', over] = process.argv.slice(2)
const abort = new AbortController()
systemClock.schedule(() => abort.abort(), 200, true)
const transport =
  over === 'fetch' ? createFetchTransport(fetch, systemClock) : createNodeTransport(systemClock)
const reply = await transport.send(pingTo(origin), { signal: abort.signal, onWritten: () => {} })
const { type, ...facts } = reply
console.log(JSON.stringify({ type, written: 'written' in facts && facts.written }))
// How long the process lives on after this line is what the test asks.
const endedAt = performance.now()
process.on('exit', () => console.log(String(Math.round(performance.now() - endedAt))))
