import { once } from 'node:events'
import { type Socket, connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import type { TurnedAway } from './request-guard.ts'
import { type ListenerLimits, listen } from './listener.ts'

const limits: ListenerLimits = { requestTimeoutMs: 40, maxConnections: 3 }

async function start(given: Partial<ListenerLimits> = {}) {
  const turnedAway: TurnedAway[] = []
  const behind = {
    fetch: () => new Response('answered'),
    onTurnedAway: (_request: object, why: TurnedAway) => turnedAway.push(why),
  }
  const listener = await listen(behind, { host: '127.0.0.1', port: 0 }, { ...limits, ...given })
  onTestFinished(() => listener.close())
  const { hostname, port, host } = new URL(listener.url)
  const open = async (): Promise<{ socket: Socket; over: Promise<string> }> => {
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.on('data', (part: Buffer) => (text += String(part)))
    socket.on('error', () => {})
    const over = new Promise<string>((resolve) => {
      socket.once('close', () => {
        resolve(text)
      })
    })
    await once(socket, 'connect')
    return { socket, over }
  }
  return { open, host, turnedAway }
}

// reliability.md, L3
it('ends a request whose head never comes to an end, saying 408', async () => {
  const { open, host, turnedAway } = await start()
  const { socket, over } = await open()

  socket.write(`POST /api HTTP/1.1\r\nHost: ${host}\r\nX-Slow:`)

  expect(await over).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n[^]*"statusCode":408/)
  expect(turnedAway).toMatchObject([{ statusCode: 408, reason: 'notHttp' }])
})

it('closes connections above its bound, and takes new ones when old ones go', async () => {
  const { open, host } = await start({ requestTimeoutMs: 60_000 })
  const kept = await Promise.all([open(), open(), open()])

  const tooMany = await open()
  expect(await tooMany.over).toBe('')

  kept[0].socket.destroy()
  await kept[0].over
  kept[1].socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  expect(await kept[1].over).toContain('answered')
})
