import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:net'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { createMockServer } from '@crontify/mock-server'
import { build } from 'esbuild'
import { expect, it, onTestFinished, vi } from 'vitest'
import { accepted, ping, startServer } from './server.ts'

it('ends connections that are open, in use or not, and answers no more', async () => {
  const server = await createMockServer({ monitors: [{ id: 'job' }], clock: 'virtual' })
  const { hostname, port, host } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  const head = `POST /api/v1/ping/job/fail HTTP/1.1\r\nHost: ${host}\r\nX-API-Key: ${server.apiKey}\r\n`
  // With a good key, the server waits for the other half of the body.
  socket.write(`${head}Content-Length: 10\r\n\r\nhalf`)
  await accepted(server, 'job', 'start')
  socket.resume()
  // A connection that is cut may show as an error first; that it is gone is what counts.
  socket.on('error', () => {})
  const gone = new Promise((resolve) => socket.once('close', resolve))

  await Promise.all([server.close(), gone])

  await expect(ping(server, 'job', 'start')).rejects.toThrow()
  // Well below the time after which the server would give up on the slow sender by itself.
}, 2_000)

it('stops sweeping', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const server = await createMockServer({ clock: 'system', monitors: [{ id: 'job', everySeconds: 60 }] })
  const idle = vi.getTimerCount()
  await accepted(server, 'job', 'success')
  expect(vi.getTimerCount()).toBe(idle + 1)

  await server.close()

  expect(vi.getTimerCount()).toBe(idle)
})

it('can be closed twice, also at once, and read afterwards', async () => {
  const server = await startServer({ monitors: [{ id: 'job' }] })
  await accepted(server, 'job', 'fail')

  await Promise.all([server.close(), server.close()])
  await server.close()

  expect(server.alerts()).toHaveLength(1)
  await expect(server.advance('1h')).rejects.toThrow('closed')
})

const program = (lines: string): string => `
  import { createMockServer } from '@crontify/mock-server'
  const server = await createMockServer({ monitors: [{ id: 'job', everySeconds: 60 }], clock: 'system' })
  const send = () => fetch(server.url + '/api/v1/ping/job/start', { method: 'POST', headers: { 'X-API-Key': server.apiKey } })
  ${lines}
`

it('leaves nothing behind that holds a process open', async () => {
  const { stdout } = await run(
    program(`await (await send()).text(); await server.close(); console.log('closed')`),
  )

  expect(stdout).toBe('closed\n')
})

it('does not hold a process open with its clock', async () => {
  const { stdout } = await run(`
    import { systemClock } from '../src/system-clock.ts'
    systemClock.schedule(() => {}, 60_000)
    console.log('scheduled')
  `)

  expect(stdout).toBe('scheduled\n')
})

it('lets the error of a listener end the process, but answers the ping', async () => {
  const failing = run(
    program(`
      server.subscribe(() => { throw new Error('from the listener') })
      process.once('uncaughtException', async (error) => {
        console.log(error.message, server.pings().length)
        process.exit(7)
      })
      await send()
    `),
  )

  await expect(failing).rejects.toMatchObject({ code: 7, stdout: 'from the listener 1\n' })
})

/** Runs a program in a process of its own, on the packages' source. */
async function run(contents: string): Promise<{ stdout: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'mock-server-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const program = join(folder, 'program.mjs')
  await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@crontify/source'],
    logLevel: 'error',
  })
  return promisify(execFile)(process.execPath, [program], { timeout: 8_000 })
}

it('lets an answer that is under way go out', async () => {
  const server = await createMockServer({ monitors: [{ id: 'job' }] })
  const { hostname, port, host } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.on('data', (part: Buffer) => (received += String(part)))
  const gone = once(socket, 'close')
  const head = `POST /api/v1/ping/job/fail HTTP/1.1\r\nHost: ${host}\r\nX-API-Key: ${server.apiKey}\r\n`
  socket.write(`${head}Content-Length: 2\r\n\r\n{`)
  // The server has read the head once it answers somebody who came later.
  await accepted(server, 'job', 'start')

  const closed = server.close()
  socket.write('}')
  await Promise.all([closed, gone])

  expect(received).toMatch(/^HTTP\/1.1 200 /)
  expect(server.pings()).toHaveLength(2)
})
