import { connect } from 'node:net'
import { once } from 'node:events'
import { AssertionError } from 'node:assert'
import { expect, it } from 'vitest'
import { accepted, ping, startServer } from './server.ts'

const monitors = [{ id: 'job' }]

it('writes down every request, taken, refused or spoilt, in the order of their ends', async () => {
  const server = await startServer({ monitors })
  server.faults.add({ type: 'status', status: 503, kind: 'success', times: 1 })

  const { runId } = await accepted(server, 'job', 'start')
  await ping(server, 'job', 'success')
  await ping(server, 'nobody', 'success')
  await ping(server, 'job', 'success', { meta: { rows: 'many' } })
  await fetch(`${server.url}/api/v1/ping/job/start`, { method: 'POST' })
  await fetch(`${server.url}/metrics`)
  server.pause('job')
  server.resume('job')

  expect(server.journal()).toMatchObject({
    version: 1,
    startedAt: '2026-01-05T00:00:00.000Z',
    monitors,
    dropped: 0,
    entries: [
      { number: 1, outcome: 'accepted', statusCode: 200, kind: 'start', ping: { runId } },
      { number: 2, outcome: 'faulted', statusCode: 503, fault: { type: 'status' } },
      { number: 3, outcome: 'refused', statusCode: 404, reason: 'unknownMonitor', monitorId: 'nobody' },
      { number: 4, outcome: 'refused', statusCode: 400, reason: 'badBody' },
      { number: 5, outcome: 'refused', statusCode: 401, reason: 'wrongKey' },
      { number: 6, outcome: 'refused', statusCode: 404, reason: 'unknownPath', path: '/metrics' },
      { number: 7, type: 'paused', monitorId: 'job' },
      { number: 8, type: 'resumed', monitorId: 'job' },
    ],
  })
})

it('writes down what was turned away before it got anywhere', async () => {
  const server = await startServer({ monitors })
  const { port, hostname } = new URL(server.url)
  const say = async (text: string): Promise<string> => {
    const socket = connect(Number(port), hostname)
    let answer = ''
    socket.on('data', (part: Buffer) => (answer += String(part)))
    socket.write(text)
    await once(socket, 'close')
    return answer
  }

  await say('GET /api HTTP/1.1\r\nHost: evil.test\r\n\r\n')
  const answer = await say('this is not HTTP\r\n\r\n')
  const tooLarge = await say(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)

  expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request/)
  expect(answer).toContain('"statusCode":400')
  expect(tooLarge).toMatch(/^HTTP\/1.1 431 /)
  expect(server.journal().entries).toMatchObject([
    { reason: 'wrongHost', path: '/api', statusCode: 403 },
    { reason: 'notHttp', statusCode: 400 },
    { reason: 'notHttp', statusCode: 431 },
  ])
})

it('knows which requests a test did not mean to send', async () => {
  const server = await startServer({ monitors })
  await accepted(server, 'job', 'success')
  server.assertNoUnexpectedRequests()

  await ping(server, 'jbo', 'success')

  expect(server.assertNoUnexpectedRequests).toThrow(AssertionError)
  expect(server.assertNoUnexpectedRequests).toThrow(
    'POST /api/v1/ping/jbo/success → 404: There is no monitor',
  )
})

it('is plain data without a key', async () => {
  const server = await startServer({ monitors })
  await accepted(server, 'job', 'fail', { errorMessage: `sent ${server.apiKey}` })
  await fetch(`${server.url}/${server.apiKey}?${server.apiKey}`)

  const text = JSON.stringify(server.journal())

  expect(text).not.toContain(server.apiKey)
  expect(JSON.parse(text)).toEqual(server.journal())
})

it('begins anew on reset', async () => {
  const server = await startServer({ monitors })
  await accepted(server, 'job', 'success')

  server.reset()
  await accepted(server, 'job', 'success')

  expect(server.journal().entries.map(({ number }) => number)).toEqual([1])
})
