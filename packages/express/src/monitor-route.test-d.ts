import { CrontifyMonitor } from '@crontify/sdk'
import express, { type RequestHandler } from 'express'
import express4 from 'express4'
import { expectTypeOf, test } from 'vitest'
import { monitorRoute, requireSecret } from './index.ts'

const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })

test('a handler written in place gets its types from the path', () => {
  express().get(
    '/cron/:id',
    requireSecret('a-secret-of-enough-characters'),
    monitorRoute(monitor, async (req, res) => {
      expectTypeOf(req.params.id).toEqualTypeOf<string>()
      res.json({ ok: true })
    }),
  )
})

test('so does one of Express 4', () => {
  express4().get(
    '/cron/:id',
    requireSecret('a-secret-of-enough-characters'),
    monitorRoute(monitor, async (req, res) => {
      expectTypeOf(req.params.id).toEqualTypeOf<string>()
      res.json({ ok: true })
    }),
  )
})

test('a route with a typed response takes the secret', () => {
  express().get<'/cron/:id', { id: string }, { rows: number }>(
    '/cron/:id',
    requireSecret('a-secret-of-enough-characters'),
    monitorRoute(monitor, (req, res) => res.json({ rows: req.params.id.length })),
  )
})

test('a handler keeps its own type', () => {
  const handler: RequestHandler<{ id: string }, { rows: number }> = (_req, res) => {
    res.json({ rows: 1 })
  }
  expectTypeOf(monitorRoute(monitor, handler)).toEqualTypeOf<
    RequestHandler<{ id: string }, { rows: number }>
  >()
})

test('the meta function gets what the handler resolves with', () => {
  monitorRoute(monitor, async () => ({ count: 1 }), {
    meta: (returned) => {
      expectTypeOf(returned).toEqualTypeOf<{ count: number }>()
      return { rows: returned.count }
    },
  })
  // @ts-expect-error metadata are numbers, not texts
  monitorRoute(monitor, () => 'done', { meta: (returned) => ({ rows: returned }) })
})

test('a list is no handler', () => {
  // @ts-expect-error one handler does the work, and that one is wrapped
  const refused = () => monitorRoute(monitor, [() => {}])
  expectTypeOf(refused).toBeFunction()
})

test('a handler in its place gets the types of the variable', () => {
  const h: RequestHandler<{ id: string }> = monitorRoute(monitor, async (req, res) => {
    expectTypeOf(req.params.id).toEqualTypeOf<string>()
    res.json({})
  })
  expectTypeOf(h).toBeFunction()
})
