import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { systemClock } from '../src/system-clock.ts'
import { createNodeTransport } from '../src/http/node-transport.ts'
import { describeEveryTransport } from './support/every-transport.ts'
import { countingClock } from './support/counting-clock.ts'
import { createExchanges, pingTo } from './support/exchange.ts'
import * as faults from './support/faults.ts'
import { runChild } from './support/run-child.ts'

const create = () => createNodeTransport(systemClock)
const exchanges = createExchanges(create)
const cleanups: (() => void)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) cleanup()
  await exchanges.close()
})

describeEveryTransport(create, {
  ownsConnections: true,
  knowsWritten: true,
  reasonOfStatusZero: 'bad-answer',
})

it('opens a connection for each ping and closes it after the answer', async () => {
  const server = await exchanges.start(faults.answer())
  const transport = create()

  for (let ping = 0; ping < 3; ping++) {
    await transport.send(pingTo(server.origin), { signal: new AbortController().signal, onWritten: () => {} })
    await server.whenQuiet()
  }

  expect(server.connections).toHaveLength(3)
  expect(server.requests).toHaveLength(3)
})

it('leaves no timer behind', async () => {
  const { clock, open } = countingClock()
  const server = await exchanges.start([faults.answer(), faults.stallAfterHeaders(), faults.resetMidBody()])
  const transport = createNodeTransport(clock)

  for (let ping = 0; ping < 3; ping++) {
    await transport.send(pingTo(server.origin), { signal: new AbortController().signal, onWritten: () => {} })
    expect(open()).toBe(0)
  }
})

it('does not unpack a body that it did not ask to be packed', async () => {
  const { reply } = await exchanges.exchange(faults.gzipBomb())

  // The packed bytes begin with those of gzip.
  expect(reply.type === 'response' && reply.body.startsWith('\u001f')).toBe(true)
})

it('refuses a header that continues on the next line, and one without a name', async () => {
  for (const line of ['a: x\r\n y', ': x', 'a : x']) {
    const { reply } = await exchanges.exchange(faults.raw(`HTTP/1.1 200 OK\r\n${line}\r\n\r\n`))
    expect(reply).toMatchObject({ type: 'failure', written: true })
  }
})

// Only Linux drops connections in silence when the queue of a listener is full.
it.runIf(process.platform === 'linux')(
  'lets go of a connection that is not even answered with a refusal',
  async () => {
    const port = await startFrozenListener()
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 100)

    const reply = await create().send(pingTo(`http://127.0.0.1:${port}`), {
      signal: abort.signal,
      onWritten: () => {},
    })

    expect(reply).toMatchObject({ type: 'failure', written: false, aborted: true })
  },
)

it.runIf(process.platform === 'linux')(
  'does not hold the process for a connection that is not even answered',
  async () => {
    const port = await startFrozenListener()

    const child = await runChild('send-one-ping.ts', [`http://127.0.0.1:${port}`], 8_000)

    expect(child).toMatchObject({ exitCode: 0, stderr: '' })
    expect(child.stdout).toContain('{"type":"failure","written":false}')
  },
)

it.each(['http', 'https'])('does not hold the process after silence over %s', async (scheme) => {
  const server = await exchanges.start(faults.neverAnswer())

  const child = await runChild('send-one-ping.ts', [`${scheme}://127.0.0.1:${server.port}`], 8_000)

  expect(child).toMatchObject({ exitCode: 0, stderr: '' })
  const [reply, lingeredMs] = child.stdout.trim().split('\n')
  expect(reply).toBe(JSON.stringify({ type: 'failure', written: scheme === 'http' }))
  expect(Number(lingeredMs)).toBeLessThan(1_000)
})

it('does not hold the process for a body without end', async () => {
  const server = await exchanges.start(faults.dripBody())

  const child = await runChild('send-one-ping.ts', [server.origin], 8_000)

  expect(child).toMatchObject({ exitCode: 0, stderr: '' })
})

/** A port whose listener is stopped and whose queue of connections is full. */
async function startFrozenListener(): Promise<number> {
  const program = `const server = require('node:net').createServer()
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port))`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  cleanups.push(() => child.kill('SIGKILL'))
  const [printed] = (await once(child.stdout, 'data')) as [Buffer]
  const port = Number(printed.toString())
  child.kill('SIGSTOP')
  // The system takes connections into the queue by itself; the one that does not get in shows that it is full.
  for (let count = 0; count < 20; count++) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    cleanups.push(() => socket.destroy())
    if (!(await connectsWithin(socket, 300))) return port
  }
  throw new Error('the queue of the listener took 20 connections')
}

function connectsWithin(socket: Socket, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
