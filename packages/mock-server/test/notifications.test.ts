import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import type { MockEvent } from '@crontify/mock-server'
import { accepted, startServer } from './server.ts'

const mail = { id: 'my-email', kind: 'email', to: 'ops@example.com' } as const
const team = { id: 'team', kind: 'slack', url: 'https://hooks.slack.com/services/T/B/SECRET' } as const

/** A place that notifications are posted to, answering as scripted and then with 200. */
async function startReceiver(...statuses: number[]) {
  const bodies: Record<string, unknown>[] = []
  const server = createServer((incoming, outgoing) => {
    let text = ''
    incoming.on('data', (part: Buffer) => (text += String(part)))
    incoming.on('end', () => {
      bodies.push(JSON.parse(text) as Record<string, unknown>)
      outgoing.writeHead(statuses.shift() ?? 200, { Location: '/elsewhere' }).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`, bodies }
}

// [D CHAN]: every attached channel gets every alert of its monitor
it('puts each alert into the outbox once for each channel of its monitor', async () => {
  const server = await startServer({
    monitors: [
      { id: 'sync', channels: ['my-email', 'team'] },
      { id: 'other', channels: ['team'] },
      { id: 'mute' },
    ],
    channels: [mail, team],
  })

  await accepted(server, 'sync', 'fail', { errorMessage: 'disk full', logOutput: 'x'.repeat(900) })
  await accepted(server, 'other', 'fail')
  await accepted(server, 'mute', 'fail')

  expect(server.notifications()).toMatchObject([
    {
      channelId: 'my-email',
      kind: 'email',
      monitorId: 'sync',
      alertType: 'failure',
      delivery: { state: 'kept' },
    },
    { channelId: 'team', kind: 'slack', monitorId: 'sync' },
    { channelId: 'team', monitorId: 'other' },
  ])
  expect(server.notifications('my-email')).toHaveLength(1)
  expect(JSON.stringify(server.notifications())).not.toContain('SECRET')
  expect(JSON.stringify(server.notifications('my-email'))).toContain('x'.repeat(500))
  expect(JSON.stringify(server.notifications('my-email'))).not.toContain('x'.repeat(501))
})

it('spares a channel what is below its severity', async () => {
  const server = await startServer({
    monitors: [{ id: 'sync', channels: ['team'] }],
    channels: [{ ...team, minimumSeverity: 'critical' }],
  })

  await accepted(server, 'sync', 'fail')
  await accepted(server, 'sync', 'success')

  expect(server.alerts().map(({ type }) => type)).toEqual(['failure', 'recovery'])
  expect(server.notifications().map(({ alertType }) => alertType)).toEqual(['failure'])
})

it('sends a test alert to one channel, and says which there are', async () => {
  const server = await startServer({ channels: [{ ...mail, minimumSeverity: 'critical' }] })

  expect(server.sendTestAlert('my-email')).toMatchObject({ alertType: 'test', kind: 'email' })

  expect(server.notifications()).toHaveLength(1)
  expect(server.alerts()).toEqual([])
  expect(() => server.sendTestAlert('pager')).toThrow('There is no channel "pager"; this server has my-email')
})

it('tells subscribers, keeps frozen data and forgets on reset', async () => {
  const server = await startServer({ channels: [mail], keep: { notifications: 2 } })
  const heard: MockEvent[] = []
  server.subscribe((event) => heard.push(event))
  for (let count = 0; count < 3; count += 1) server.sendTestAlert('my-email')

  expect(heard.map(({ type }) => type)).toEqual(Array(3).fill('notification'))
  expect(server.notifications().map(({ id }) => id)).toEqual(['notification-2', 'notification-3'])
  expect(Object.isFrozen(server.notifications()[0])).toBe(true)
  expect(server.dropped().notifications).toBe(1)
  server.reset()
  expect(server.notifications()).toEqual([])
})

it('posts nothing unless it is told to', async () => {
  const receiver = await startReceiver()
  const server = await startServer({ channels: [{ id: 'hook', kind: 'webhook', url: receiver.url }] })

  server.sendTestAlert('hook')
  await server.deliveriesSettled()

  expect(receiver.bodies).toEqual([])
})

it('posts for real, tries again as its clock moves, and writes down how it went', async () => {
  const receiver = await startReceiver(503, 200)
  const server = await startServer({
    monitors: [{ id: 'sync', channels: ['hook', 'my-email'] }],
    channels: [{ id: 'hook', kind: 'webhook', url: receiver.url }, mail],
    deliver: true,
  })
  await accepted(server, 'sync', 'fail', { errorMessage: 'disk full' })
  await server.deliveriesSettled()
  expect(server.notifications('hook')).toMatchObject([{ delivery: { state: 'waiting' } }])

  await server.advance('1s')
  await server.deliveriesSettled()

  expect(receiver.bodies).toHaveLength(2)
  expect(receiver.bodies[1]).toMatchObject({ alertType: 'failure', errorMessage: 'disk full' })
  expect(server.notifications()).toMatchObject([
    { delivery: { state: 'delivered', attempts: [{ outcome: 'HTTP 503' }, { outcome: 'HTTP 200' }] } },
    { delivery: { state: 'kept', attempts: [] } },
  ])
})

it('does not follow a redirect, and names no address when nobody is there', async () => {
  const receiver = await startReceiver(307)
  const server = await startServer({
    channels: [
      { id: 'moved', kind: 'webhook', url: receiver.url },
      { id: 'gone', kind: 'discord', url: 'http://127.0.0.1:1/SECRET' },
    ],
    deliver: true,
  })

  server.sendTestAlert('moved')
  server.sendTestAlert('gone')
  await server.deliveriesSettled()

  expect(receiver.bodies).toHaveLength(1)
  expect(server.notifications('moved')).toMatchObject([
    { delivery: { state: 'failed', attempts: [{ outcome: 'HTTP 307' }] } },
  ])
  expect(server.notifications('gone')[0]?.delivery.state).toBe('waiting')
  expect(JSON.stringify(server.notifications('gone'))).not.toContain('SECRET')
})
