import { CrontifyMonitor } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
import type { NextFunction, Request, Response } from 'express'
import { describe, expect, it, vi } from 'vitest'
import { monitorRoute } from '../src/index.ts'
import { gate, post, serveJob, setUp, until, VERSIONS, type Handler } from './support/rig.ts'

const MONITOR = 'nightly-report'
describe.each(VERSIONS)('on %s', (version, createApp) => {
  it('sends a start and a success around an answer', async () => {
    const { url, seen, server } = await serveJob(createApp, (_req, res) => {
      res.send('done')
    })

    expect(await (await post(url)).text()).toBe('done')

    await until(async () => (await seen())[0] === 'success')
    expect(server.alerts()).toEqual([])
  })

  it('takes the numbers that the handler resolves with', async () => {
    const { url, seen, server } = await serveJob(createApp, async (_req, res) => {
      currentRun()?.meta({ read: 5 })
      res.json({ ok: true })
      return { rows: 120, name: 'x' }
    })

    expect(await (await post(url)).json()).toEqual({ ok: true })

    await until(async () => (await seen())[0] === 'success')
    expect(server.runs(MONITOR)[0]?.meta).toMatchObject({ rows: 120, read: 5 })
  })

  it('makes metadata by a function, and goes without when that throws', async () => {
    let calls = 0
    const meta = (returned: unknown): Record<string, number> => {
      calls++
      if (calls > 1) throw new Error('no metadata today')
      return { count: (returned as unknown[]).length }
    }
    const { url, seen, server } = await serveJob(
      createApp,
      async (_req, res) => {
        res.end()
        return ['a', 'b']
      },
      { meta },
    )

    await post(url)
    await until(async () => (await seen()).length === 1 && (await seen())[0] === 'success')
    await post(url)

    await until(async () => (await seen()).join() === 'success,success')
    expect(server.runs(MONITOR).map((run) => run.meta?.['count'])).toEqual([2, undefined])
  })

  it.each<[string, Handler]>([
    [
      'throws',
      () => {
        throw new Error('disk is full')
      },
    ],
    ['gives its error to next', (_req, _res, next) => next(new Error('disk is full'))],
    [
      'gives its error to next later',
      (_req, _res, next) => void setImmediate(() => next(new Error('disk is full'))),
    ],
  ])('fails when the handler %s, and the error handler still answers', async (_name, handler) => {
    const { url, seen, server } = await serveJob(createApp, handler)

    const answer = await post(url)

    expect([answer.status, await answer.json()]).toEqual([500, { error: 'disk is full' }])
    await until(async () => (await seen())[0] === 'failed')
    expect(server.runs(MONITOR)).toMatchObject([{ errorMessage: 'disk is full' }])
    expect(String(server.alerts()[0]?.details['logSnippet'])).toContain('monitor-route.test')
  })

  it('does not take next without an error for a failure, and sees who answers in the end', async () => {
    const rig = await setUp()
    const app = createApp()
    app.post(
      '/job',
      monitorRoute(rig.monitor, (_req: Request, _res: Response, next: NextFunction) => next('route')),
      (_req, res) => {
        res.status(418).end()
      },
    )
    app.post('/job', (_req, res) => {
      res.send('answered by another')
    })
    const { url } = await rig.serve(app)

    expect(await (await post(url)).text()).toBe('answered by another')

    await until(async () => (await rig.seen())[0] === 'success')
  })

  it('goes on after an early answer until the work is done', async () => {
    const work = gate<boolean>()
    const { url, seen, server } = await serveJob(createApp, async (_req, res) => {
      res.status(202).end()
      if (!(await work.opened)) throw new Error('disk is full')
    })

    expect((await post(url)).status).toBe(202)
    expect(await seen()).toEqual(['running'])
    work.open(true)

    await until(async () => (await seen())[0] === 'success')
    expect(server.alerts()).toEqual([])
  })

  it.each([
    [400, 'failed', 'responded with HTTP 400'],
    [422, 'failed', 'responded with HTTP 422'],
    [399, 'success', undefined],
  ])('judges a status of %i as %s', async (status, expected, message) => {
    const { url, seen, server } = await serveJob(createApp, (_req, res) => {
      res.status(status).end()
    })

    await post(url)

    await until(async () => (await seen())[0] === expected)
    expect(server.runs(MONITOR)[0]?.errorMessage).toBe(message)
    expect(server.alerts()[0]?.details['logSnippet']).toBeUndefined()
  })

  it('lets the user judge a status, and judges itself when the user throws', async () => {
    let calls = 0
    const failOn = (status: number): boolean => {
      calls++
      if (calls > 1) throw new Error('cannot tell')
      return status === 204
    }
    const { url, seen } = await serveJob(createApp, (_req, res) => void res.status(204).end(), { failOn })

    await post(url)
    await until(async () => (await seen())[0] === 'failed')
    await post(url)

    await until(async () => (await seen()).join() === 'failed,success')
  })

  it('passes on unwatched what is no run, and takes a doubt for one', async () => {
    let calls = 0
    const when = (): boolean => {
      calls++
      if (calls > 1) throw new Error('cannot tell')
      return false
    }
    const { url, seen } = await serveJob(createApp, (_req, res) => void res.send('done'), { when })

    expect(await (await post(url)).text()).toBe('done')
    expect(await seen()).toEqual([])
    await post(url)

    await until(async () => (await seen()).join() === 'success')
  })

  it('reports two calls at once as an overlap, and ends only the newer one', async () => {
    const works = [gate(), gate()]
    let calls = 0
    const { url, seen, server } = await serveJob(createApp, async (_req, res) => {
      await works[calls++]?.opened
      res.end()
    })

    const older = post(url)
    await until(() => calls === 1)
    const newer = post(url)
    await until(() => calls === 2)
    works[0]?.open()
    await older
    works[1]?.open()
    await newer

    await until(async () => (await seen()).join() === 'overlapped,success')
    expect(server.alerts().map(({ type }) => type)).toEqual(['overlapped'])
  })

  it('leaves a run open that never answers', async () => {
    const began = gate()
    const { url, seen } = await serveJob(createApp, () => {
      began.open()
    })
    const answer = post(url).catch(() => {})

    await began.opened

    expect(await seen()).toEqual(['running'])
    void answer
  })

  it('changes nothing about the answer when the service is not there', async () => {
    const rig = await setUp()
    const lost = new CrontifyMonitor({
      apiKey: 'ck_live_test0123',
      monitorId: MONITOR,
      baseUrl: 'http://127.0.0.1:1',
      silent: false,
      logger: false,
    })
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const app = createApp()
    app.post(
      '/job',
      monitorRoute(lost, async (_req: Request, res: Response) => {
        res.status(201).json({ rows: 1 })
      }),
    )
    const { url } = await rig.serve(app)

    const answer = await post(url)
    await lost.flush({ withinMs: 5_000 })

    expect([answer.status, await answer.json()]).toEqual([201, { rows: 1 }])
    expect(unhandled).not.toHaveBeenCalled()
    process.off('unhandledRejection', unhandled)
  })

  it('keeps this, name and number of parameters', async () => {
    const { monitor } = await setUp()
    const handler = function nightlyReport(this: unknown, _req: unknown, _res: unknown): unknown {
      return this
    }

    const watched = monitorRoute(monitor, handler, { when: () => false })

    expect([watched.name, watched.length]).toEqual(['nightlyReport', 2])
    expect(watched.call('self', undefined, undefined)).toBe('self')
  })

  it('keeps a platform awake until the pings have ended', async () => {
    const kept: Promise<unknown>[] = []
    const { url, server } = await serveJob(createApp, async (_req, res) => void res.end(), {
      waitUntil: (promise) => void kept.push(promise),
    })

    await post(url)
    expect(kept).toHaveLength(1)
    await kept[0]

    expect(server.runs(MONITOR).map(({ status }) => status)).toEqual(['success'])
  })

  it('does not suffer from a platform that has no more time', async () => {
    const { url, seen } = await serveJob(createApp, (_req, res) => void res.send('done'), {
      waitUntil: () => {
        throw new Error('outside of a request')
      },
    })

    expect((await post(url)).status).toBe(200)

    await until(async () => (await seen())[0] === 'success')
  })

  it('works on a router that is mounted', async () => {
    const rig = await setUp()
    const inner = createApp()
    inner.post(
      '/:name',
      monitorRoute(rig.monitor, async (req: Request, res: Response) => {
        res.send(req.params['name'])
      }),
    )
    const app = createApp()
    app.use('/cron', inner)
    const { url } = await rig.serve(app)

    expect(await (await fetch(`${url}/cron/job`, { method: 'POST' })).text()).toBe('job')

    await until(async () => (await rig.seen())[0] === 'success')
  })

  it(`leaves a rejection to ${version}`, async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const { url, seen } = await serveJob(createApp, async (_req, res) => {
      res.end()
      throw new Error('disk is full')
    })

    await post(url)
    await until(async () => (await seen())[0] === 'failed')

    expect(unhandled).toHaveBeenCalledTimes(version === 'Express 4' ? 1 : 0)
    process.off('unhandledRejection', unhandled)
  })
})

it.each([
  [
    'an error handler',
    (_e: unknown, _req: unknown, _res: unknown, _next: unknown) => {},
    'a function of 4, which',
  ],
  ['a list', [() => {}], 'this is a list; wrap the one handler'],
  ['a path', '/job', 'this is a string'],
  ['nothing', undefined, 'this is undefined'],
])('refuses %s', async (_name, wrong, found) => {
  const { monitor } = await setUp()

  expect(() => monitorRoute(monitor, wrong as never)).toThrow(found)
  expect(() => monitorRoute(monitor, wrong as never)).toThrow(TypeError)
})

it.each([undefined, null, 'nightly-report', {}])(
  'warns of %j instead of a monitor, and leaves the handler as it is',
  (monitor) => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const handler: Handler = (_req, res) => void res.send('done')

    expect(monitorRoute(monitor as never, handler)).toBe(handler)

    expect(String(emitWarning.mock.calls[0]?.[0])).toContain('monitorRoute takes a monitor first')
    emitWarning.mockRestore()
  },
)
