import { createMockCrontify, createMockServer, CrontifyMockError } from '@crontify/mock-server'
import { expect, it } from 'vitest'
import { startServer } from './server.ts'

it.each([
  ['an option', () => createMockServer({ port: -1 }), 'ERR_INVALID', 400],
  ['a monitor', async () => (await startServer()).runs('nope'), 'ERR_NOT_FOUND', 404],
  ['a channel', async () => (await startServer()).sendTestAlert('nope'), 'ERR_NOT_FOUND', 404],
  ['a span', async () => (await startServer()).advance('soon'), 'ERR_INVALID', 400],
  ['the system clock', async () => (await createMockCrontify()).advance('1h'), 'ERR_CLOCK', 409],
] as const)('throws an error with a code and a status for %s', async (_name, misuse, code, status) => {
  await expect(misuse()).rejects.toMatchObject({ name: 'CrontifyMockError', code, status })
  await expect(misuse()).rejects.toBeInstanceOf(CrontifyMockError)
})

it('refuses to move the clock beyond the year 9999, and stays usable', async () => {
  const server = await startServer({ monitors: [{ id: 'job', schedule: '0 2 * * *' }] })
  const before = server.now()

  await expect(server.advance(9e15)).rejects.toThrow('The clock must stay before the year 10000')
  await expect(server.advance('3000000d')).rejects.toMatchObject({ code: 'ERR_CLOCK' })

  expect(server.now()).toBe(before)
})

it('closes when it is disposed of', async () => {
  let url: string
  {
    await using server = await createMockServer()
    url = server.url
  }

  await expect(fetch(url)).rejects.toThrow('fetch failed')
})
