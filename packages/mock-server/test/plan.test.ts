import { createMockServer } from '@crontify/mock-server'
import { expect, it } from 'vitest'
import { startServer } from './server.ts'

const monitors = (count: number): { id: string }[] =>
  Array.from({ length: count }, (_, index) => ({ id: `job-${index}` }))
const hook = { id: 'hook', kind: 'webhook', url: 'https://example.com/' } as const

it('takes five monitors on the free plan, and any number by default', async () => {
  expect((await startServer({ plan: 'free', monitors: monitors(5) })).monitors()).toHaveLength(5)
  expect((await startServer({ monitors: monitors(50), channels: [hook] })).monitors()).toHaveLength(50)
})

it('says what a plan does not have, all at once', async () => {
  const wrong = createMockServer({ plan: 'free', monitors: monitors(6), channels: [hook] })

  await expect(wrong).rejects.toThrow('the free plan has 5 monitors, and these are 6')
  await expect(wrong).rejects.toThrow('channel "hook" is of kind webhook, which needs the pro plan or more')
})

it.each([
  [{ plan: 'gold' }, '"plan" is one of free, standard, pro, unlimited'],
  [{ rateLimitPerMinute: 0 }, '"rateLimitPerMinute" is not'],
  [{ channels: {} }, '"channels" is not a list'],
  [{ channels: [{ id: 'a', kind: 'email', to: 'x' }] }, 'channel number 1: "to" must be one mail address'],
  [{ channels: [hook, hook] }, 'channel "hook": its id is given twice'],
  [
    { channels: [hook], monitors: [{ id: 'job', channels: ['hok'] }] },
    'monitor "job": "channels" names "hok", which is not there; there are hook',
  ],
])('refuses %j', async (options, words) => {
  await expect(createMockServer(options as never)).rejects.toThrow(words)
})
