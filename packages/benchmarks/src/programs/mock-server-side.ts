import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMockServer } from '@crontify/mock-server'

/** One server in a process of its own, which tells its own processor time and memory: `mock`, or `bare` as the floor. */
async function startServer(
  kind: string | undefined,
): Promise<{ readonly url: string; readonly apiKey: string }> {
  if (kind === 'mock') return createMockServer({ monitors: [{ id: 'job' }], rateLimitPerMinute: Infinity })
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (text += part))
    request.on('end', () => {
      JSON.parse(text)
      const answer = JSON.stringify({ success: true, data: { at: new Date().toISOString() } })
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': answer.length })
      response.end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, apiKey: 'any' }
}

const { url, apiKey } = await startServer(process.argv[2])
process.send?.({ url, apiKey })
process.on('message', () => {
  globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const { heapUsed, rss } = process.memoryUsage()
  process.send?.({ cpuSeconds: (user + system) / 1_000_000, heapUsed, rss })
})
process.on('disconnect', () => process.exit(0))
