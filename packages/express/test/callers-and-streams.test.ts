import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { describe, expect, it } from 'vitest'
import { monitorRoute } from '../src/index.ts'
import { gate, hangUp, post, serveJob, setUp, until, VERSIONS } from './support/rig.ts'

const MONITOR = 'nightly-report'

describe.each(VERSIONS)('on %s', (_version, createApp) => {
  it.each([
    ['ignore', 'success'],
    ['fail', 'failed'],
  ] as const)('may %s a caller that hangs up while a promise works', async (onDisconnect, expected) => {
    const began = gate()
    const gone = gate()
    const { url, seen } = await serveJob(
      createApp,
      async (_req, res) => {
        res.on('close', () => gone.open())
        began.open()
        await gone.opened
        // On a dead connection; it counts as written, and must not look delivered.
        res.status(500).send('nobody hears this')
      },
      { onDisconnect },
    )

    await hangUp(`${url}/job`, began.opened)

    await until(async () => (await seen())[0] === expected)
  })

  it('fails when the caller hangs up on a handler that answers from a callback', async () => {
    const began = gate()
    const { url, seen, server } = await serveJob(createApp, () => {
      began.open()
    })

    await hangUp(`${url}/job`, began.opened)

    await until(async () => (await seen())[0] === 'failed')
    expect(server.runs(MONITOR)[0]?.errorMessage).toBe(
      'the connection was closed before the response was finished',
    )
  })

  it('ends the run of a caller that had gone before the handler was reached', async () => {
    const rig = await setUp()
    const app = createApp()
    const began = gate()
    app.post(
      '/job',
      (_req, res, next) => {
        res.on('close', () => next())
        began.open()
      },
      monitorRoute(rig.monitor, async () => ({ rows: 1 })),
    )
    const { url } = await rig.serve(app)

    await hangUp(`${url}/job`, began.opened)

    await until(async () => (await rig.seen())[0] === 'success')
  })

  it('watches a streamed answer to its end', async () => {
    const { url, seen } = await serveJob(createApp, async (_req, res) => {
      await pipeline(Readable.from(['a', 'b', 'c']), res)
    })

    expect(await (await post(url)).text()).toBe('abc')

    await until(async () => (await seen())[0] === 'success')
  })

  it('fails when a stream breaks in the middle, whatever the status said', async () => {
    const { url, seen, server } = await serveJob(createApp, async (_req, res, next) => {
      const broken = Readable.from(
        (function* () {
          yield 'a'
          throw new Error('disk is full')
        })(),
      )
      await pipeline(broken, res).catch(next)
    })

    await post(url)
      .then((answer) => answer.text())
      .catch(() => {})

    await until(async () => (await seen())[0] === 'failed')
    expect(server.runs(MONITOR)[0]?.errorMessage).toBe('disk is full')
  })

  it('really runs for HEAD, and not for OPTIONS', async () => {
    const rig = await setUp()
    const app = createApp()
    app.get(
      '/job',
      monitorRoute(rig.monitor, (_req: Request, res: Response) => {
        res.send('done')
      }),
    )
    const { url } = await rig.serve(app)

    await fetch(`${url}/job`, { method: 'OPTIONS' })
    expect(await rig.seen()).toEqual([])
    await fetch(`${url}/job`, { method: 'HEAD' })

    await until(async () => (await rig.seen()).join() === 'success')
  })
})
