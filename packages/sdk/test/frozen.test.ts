import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { bundleProgram, startProgram } from './support/run-program.ts'

const ATTEMPT_MS = 300
const FROZEN_MS = 900

const PROGRAM = `
  import { CrontifyMonitor } from '../src/index.ts'
  const monitor = new CrontifyMonitor({
    apiKey: 'ck_live_example',
    monitorId: 'nightly-backup',
    baseUrl: process.env['URL'],
    delivery: { attemptTimeoutMs: ${ATTEMPT_MS} },
  })
  const block = () => {
    const until = performance.now() + ${FROZEN_MS}
    while (performance.now() < until);
  }
  void monitor.start().then(async () => {
    const ended = monitor.success()
    if (process.env['BLOCK'] === '1') setTimeout(() => setImmediate(block), 20)
    await ended
    console.log(JSON.stringify(monitor.stats()))
  })
`

/** A service that calls back when a success ping is there, and answers it. */
async function service(onSuccess: () => void, answerAfterMs: number) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const kind = request.url?.split('/').at(-1) ?? ''
    requests.push(kind)
    request.resume().on('end', () => {
      if (kind === 'success') onSuccess()
      setTimeout(
        () => {
          response.setHeader('content-type', 'application/json')
          response.end('{"success":true,"data":{}}')
        },
        kind === 'success' ? answerAfterMs : 0,
      )
    })
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

it('takes the answer that came while the process was stopped, and sends nothing twice', async () => {
  let stop = (): void => {}
  const { requests, url } = await service(() => stop(), 0)
  const { child, ending } = startProgram(await bundleProgram(PROGRAM), { env: { URL: url } })
  stop = () => {
    child.kill('SIGSTOP')
    void sleep(FROZEN_MS).then(() => child.kill('SIGCONT'))
  }

  const { code, stdout } = await ending

  expect(code).toBe(0)
  expect(requests).toEqual(['start', 'success'])
  expect(JSON.parse(stdout)).toMatchObject({ delivered: 2, retries: 0 })
})

it('takes the answer that came while the job blocked the event loop, and sends nothing twice', async () => {
  const { requests, url } = await service(() => {}, 60)
  const env = { URL: url, BLOCK: '1' }

  const { code, stdout } = await startProgram(await bundleProgram(PROGRAM), { env }).ending

  expect(code).toBe(0)
  expect(requests).toEqual(['start', 'success'])
  expect(JSON.parse(stdout)).toMatchObject({ delivered: 2, retries: 0 })
})
