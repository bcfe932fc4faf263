import { Hono, type Context } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { stream, streamSSE, streamText } from 'hono/streaming'
import { expect, it, onTestFinished, vi } from 'vitest'
import { monitorHandler } from '../src/index.ts'
import { setUp } from './support/rig.ts'

type Helper = (
  context: Context,
  work: (target: { write(text: string): unknown }) => Promise<void>,
) => Response

const helpers: readonly [string, Helper][] = [
  ['stream', stream],
  ['streamText', streamText],
  ['streamSSE', streamSSE as Helper],
]

function quietConsole(): void {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => error.mockRestore())
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

it.each(helpers)(
  'cannot see an error in the callback of %s of Hono, which closes the stream as usual',
  async (_name, helper) => {
    quietConsole()
    const { monitor, kinds } = await setUp()
    const handler = (context: Context): Response =>
      helper(context, async (target) => {
        for (let turn = 0; turn < 5; turn++) await nextTurn()
        await target.write('piece')
        throw new Error('disk is full')
      })
    const app = new Hono().get('/job', monitorHandler(monitor, handler, { secret: false }))

    const answer = await app.request('/job')

    expect([answer.status, await answer.text()]).toEqual([200, 'piece'])
    expect(kinds()).toBe('start,success')
  },
)

it.each(helpers)(
  'the run of a callback of %s fails where monitor.wrap is in the callback',
  async (_name, helper) => {
    quietConsole()
    const { monitor, kinds, end } = await setUp()
    let isFull = true
    const app = new Hono()
    app.get('/job', bearerAuth({ token: 'a-secret' }), (context) =>
      helper(context, async (target) => {
        await monitor.wrap(async () => {
          await target.write('piece')
          if (isFull) throw new Error('disk is full')
          return { rows: 3 }
        })
      }),
    )
    const headers = { authorization: 'Bearer a-secret' }

    await (await app.request('/job', { headers })).text()
    const failed = end()
    isFull = false
    await (await app.request('/job', { headers })).text()
    const refused = await app.request('/job')

    expect(failed).toMatchObject({ kind: 'fail', errorMessage: 'disk is full' })
    expect(end()).toMatchObject({ kind: 'success', meta: { rows: 3 } })
    expect([kinds(), refused.status]).toEqual(['start,fail,start,success', 401])
  },
)
